// The list of system calls that a confined process may make: seccomp(2).
#ifndef SYSTEM_CALL_FILTER_H
#define SYSTEM_CALL_FILTER_H

/// Lets the calling process make the calls of a short list only. Calls that name a path raise SIGSYS, which the file
/// broker answers; anything else ends the process. Returns 0, or -1 and errno where the system has no filters.
int system_call_filter_install(void);

#endif
