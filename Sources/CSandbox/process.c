#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/// Moves a descriptor out of the way of those the child is born with.
static int above_standard(int descriptor) {
    int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 16);
    close(descriptor);
    return moved;
}

static int add_descriptors(posix_spawn_file_actions_t *actions, int complaints, int channel, int arena) {
    int error = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!error) error = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (!error) error = posix_spawn_file_actions_adddup2(actions, complaints, SANDBOX_COMPLAINTS);
    if (!error) error = posix_spawn_file_actions_adddup2(actions, channel, SANDBOX_CHANNEL);
    if (!error) error = posix_spawn_file_actions_adddup2(actions, arena, SANDBOX_ARENA);
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, SANDBOX_ARENA + 1);
    return error;
}

/// Signals as a new program expects them, and a group of its own: Ctrl-C is for the parent to answer.
static int set_attributes(posix_spawnattr_t *attributes) {
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    int error = posix_spawnattr_setsigdefault(attributes, &all);
    if (!error) error = posix_spawnattr_setsigmask(attributes, &none);
    if (!error) error = posix_spawnattr_setpgroup(attributes, 0);
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP;
    return error ? error : posix_spawnattr_setflags(attributes, flags);
}

static int library_path(char **entry) {
    const char *value = getenv("LD_LIBRARY_PATH");
    *entry = NULL;
    if (!value) return 0;
    size_t size = strlen(value) + sizeof "LD_LIBRARY_PATH=";
    *entry = malloc(size);
    if (!*entry) return ENOMEM;
    strcpy(*entry, "LD_LIBRARY_PATH=");
    strcat(*entry, value);
    return 0;
}

static int spawn(
    const char *executable, const char *argument, int complaints, int channel, int arena, pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    char *arguments[] = {(char *)"gleaner", (char *)argument, NULL};
    char *environment[] = {NULL, NULL};
    error = add_descriptors(&actions, complaints, channel, arena);
    if (!error) error = set_attributes(&attributes);
    if (!error) error = library_path(&environment[0]);
    if (!error) error = posix_spawn(process, executable, &actions, &attributes, arguments, environment);
    free(environment[0]);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int sandbox_start(const char *executable, const char *argument, int arena, sandbox_process *process) {
    int sockets[2], pipe_ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) return errno;
    if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        int error = errno;
        close(sockets[0]);
        close(sockets[1]);
        return error;
    }
    int channel = above_standard(sockets[1]), complaints = above_standard(pipe_ends[1]);
    int memory = fcntl(arena, F_DUPFD_CLOEXEC, 16);
    int error = channel < 0 || complaints < 0 || memory < 0
                    ? EMFILE
                    : spawn(executable, argument, complaints, channel, memory, &process->process);
    if (channel >= 0) close(channel);
    if (complaints >= 0) close(complaints);
    if (memory >= 0) close(memory);
    process->channel = sockets[0];
    process->complaints = pipe_ends[0];
    if (error) {
        close(sockets[0]);
        close(pipe_ends[0]);
    }
    return error;
}

int sandbox_grant_seconds(pid_t process, uint32_t seconds) {
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0) return -1;
    struct rlimit limits;
    if (prlimit(process, RLIMIT_CPU, NULL, &limits) != 0) return -1;
    limits.rlim_cur = (rlim_t)used.tv_sec + 1 + seconds;
    if (limits.rlim_max != RLIM_INFINITY && limits.rlim_cur > limits.rlim_max) limits.rlim_cur = limits.rlim_max;
    return prlimit(process, RLIMIT_CPU, &limits, NULL);
}

/// A line of /proc/PID/status, whose numbers are KiB.
static uint64_t status_bytes(pid_t process, const char *format) {
    char path[32], line[128];
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    unsigned long long kibibytes = 0;
    while (fgets(line, sizeof line, file) && sscanf(line, format, &kibibytes) != 1) continue;
    fclose(file);
    return kibibytes << 10;
}

uint64_t sandbox_mapped_bytes(pid_t process) { return status_bytes(process, "VmSize: %llu"); }

uint64_t sandbox_peak_bytes(pid_t process) { return status_bytes(process, "VmHWM: %llu"); }

int sandbox_memory_create(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int sandbox_memory_freeze(int memory) {
    return fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
}

int sandbox_memory_keep_size(int memory) { return fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK); }

int sandbox_memory_discard(int memory, size_t size) {
    return fallocate(memory, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, (off_t)size);
}
