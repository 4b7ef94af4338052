// Answers the attempts of a confined process to open files, from inside it.
#ifndef FILE_BROKER_H
#define FILE_BROKER_H

#include <stddef.h>

/// Opens the files, as far as they are there, and from then on answers trapped calls: open and openat get a descriptor of one of them, or
/// ENOENT; calls that ask about a path get ENOENT. Returns the highest descriptor in use, or -1 with errno.
int file_broker_start(const char *const *paths, size_t count);

#endif
