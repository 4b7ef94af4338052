// A process that parses what strangers sent: how it is started, confined, and spoken with.
#ifndef CSANDBOX_H
#define CSANDBOX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

// Descriptors that a confined process is born with; there are no others.
#define SANDBOX_COMPLAINTS 2  ///< standard error: a pipe to the parent
#define SANDBOX_CHANNEL 3     ///< a SOCK_SEQPACKET socket to the parent
#define SANDBOX_ARENA 4       ///< memory shared with the parent

// MARK: - Inside the process

/// What one process may use.
typedef struct {
    uint64_t memory;       ///< bytes of resident memory that it can come to, what it has by then included
    uint32_t descriptors;  ///< open descriptors beyond the files
} sandbox_limits;

/// What the process is confined by.
typedef struct {
    int filters_system_calls;  ///< seccomp: everything but a short list of calls ends the process
    int has_no_files;          ///< Landlock: no path can be opened, whatever the call
    int has_no_network;        ///< a network namespace without interfaces
} sandbox_report;

/// Confines the calling process, which must have one thread, for ever.
///
/// Opening a file gives the files of `paths`, which are opened here, and ENOENT for any other. `report` says which walls
/// stand; limits always do. Returns 0, or -1 with errno where a limit cannot be set or memory is short. Calls that are
/// not on the list end the process by SIGSYS. From here on the process ends soon after its parent, also at work.
int sandbox_enter(
    const char *const *paths, size_t path_count, sandbox_limits limits, sandbox_report *report);

/// Forgets the environment.
void sandbox_clear_environment(void);

// MARK: - From the parent

/// A started process.
typedef struct {
    pid_t process;
    int channel;     ///< SOCK_SEQPACKET
    int complaints;  ///< what it writes to standard error; does not block
} sandbox_process;

/// Starts `executable` with `argument` as its only one, in a process group of its own and with an empty environment, but
/// for LD_LIBRARY_PATH: without it the program may not find its libraries. Returns 0 or an error number.
int sandbox_start(const char *executable, const char *argument, int arena, sandbox_process *process);

/// Lets the process use `seconds` of processor time from now on. Returns 0, or -1 where it is gone.
int sandbox_grant_seconds(pid_t process, uint32_t seconds);

/// Address space that a process uses, in bytes; 0 where the system does not tell.
uint64_t sandbox_mapped_bytes(pid_t process);

/// Most resident memory that a process has had, in bytes; 0 where the system does not tell.
uint64_t sandbox_peak_bytes(pid_t process);

/// Memory that other processes can map: an anonymous file, not inherited. -1 and errno on failure.
int sandbox_memory_create(const char *name);

/// Makes shared memory keep its content, or only its size, for ever. Whoever maps it can then rely on that. Returns 0, or -1
/// and errno.
int sandbox_memory_freeze(int memory);
int sandbox_memory_keep_size(int memory);

/// Gives the pages of shared memory back to the system; it reads as zeros after that.
int sandbox_memory_discard(int memory, size_t size);

// MARK: - Messages

/// Sends one message with a descriptor, or -1 for none. Returns 0, or -1 and errno: EAGAIN where the other side does not
/// read what it was sent before.
int sandbox_send(int channel, const void *bytes, size_t size, int descriptor);

/// Receives one message and, where `descriptor` is not NULL, the descriptor that came with it, or -1. Returns its size, 0
/// when the other side is gone, -1 and errno (EMSGSIZE for a message larger than `capacity`).
ssize_t sandbox_receive(int channel, void *bytes, size_t capacity, int *descriptor);

/// What the other side is doing: nothing, it has sent a message, or it is gone. The message stays.
#define SANDBOX_QUIET 0
#define SANDBOX_SPEAKING 1
#define SANDBOX_GONE 2
int sandbox_peek(int channel);

/// Waits for a message, at most `seconds`. 1: there is one, or the other side is gone. 0: time is over.
int sandbox_wait(int channel, double seconds);

#ifdef __cplusplus
}
#endif

#endif
