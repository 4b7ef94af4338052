#define _GNU_SOURCE
#include "file_broker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

typedef struct {
    char *path;
    int descriptor;
} broker_file;

// Written before the filter stands, only read after that.
static broker_file *files;
static size_t file_count;

static int compare(const void *one, const void *other) {
    return strcmp(((const broker_file *)one)->path, ((const broker_file *)other)->path);
}

static const broker_file *find(const char *path) {
    size_t low = 0, high = file_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(path, files[middle].path);
        if (order == 0) return &files[middle];
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

/// A descriptor of its own for each opening; all share one position, so it goes back to the start. Libraries read a font
/// file in one go or map it.
static long open_file(const char *path) {
    const broker_file *file = path ? find(path) : NULL;
    if (!file) return -ENOENT;
    long descriptor = syscall(SYS_fcntl, file->descriptor, F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0) return -EMFILE;
    syscall(SYS_lseek, descriptor, 0, SEEK_SET);
    return descriptor;
}

/// fstat is newfstatat with an empty path in some versions of glibc.
static long file_status(int descriptor, const char *path, struct stat *status) {
    if (descriptor < 0 || !path || path[0]) return -ENOENT;
    return syscall(SYS_fstat, descriptor, status) == 0 ? 0 : -EBADF;
}

static long answer(long number, const uint64_t arguments[3]) {
    switch (number) {
#ifdef SYS_open
    case SYS_open: return open_file((const char *)(uintptr_t)arguments[0]);
#endif
    case SYS_openat: return open_file((const char *)(uintptr_t)arguments[1]);
    case SYS_newfstatat:
        return file_status(
            (int)arguments[0], (const char *)(uintptr_t)arguments[1], (struct stat *)(uintptr_t)arguments[2]);
    default: return -ENOENT;
    }
}

/// The filter raises SIGSYS instead of making the call; what is left in the result register is what the caller sees.
static void on_trap(int signal_number, siginfo_t *information, void *context) {
    (void)signal_number;
    int saved = errno;
    mcontext_t *machine = &((ucontext_t *)context)->uc_mcontext;
#if defined(__x86_64__)
    uint64_t arguments[3] = {
        (uint64_t)machine->gregs[REG_RDI], (uint64_t)machine->gregs[REG_RSI], (uint64_t)machine->gregs[REG_RDX]};
    machine->gregs[REG_RAX] = answer(information->si_syscall, arguments);
#elif defined(__aarch64__)
    uint64_t arguments[3] = {machine->regs[0], machine->regs[1], machine->regs[2]};
    machine->regs[0] = (uint64_t)answer(information->si_syscall, arguments);
#endif
    errno = saved;
}

int file_broker_start(const char *const *paths, size_t count) {
    struct rlimit descriptors;
    if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0) {
        descriptors.rlim_cur = descriptors.rlim_max;
        setrlimit(RLIMIT_NOFILE, &descriptors);
    }
    files = calloc(count ? count : 1, sizeof *files);
    if (!files) return -1;
    int highest = 2;
    for (size_t index = 0; index < count; index++) {
        int descriptor = open(paths[index], O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        // Fonts must not be missing for want of descriptors: the page would look otherwise.
        if (descriptor < 0 && (errno == EMFILE || errno == ENFILE)) return -1;
        if (descriptor < 0) continue;
        char *path = strdup(paths[index]);
        if (!path) return -1;
        files[file_count++] = (broker_file){path, descriptor};
        if (descriptor > highest) highest = descriptor;
    }
    qsort(files, file_count, sizeof *files, compare);
    struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO | SA_NODEFER};
    return sigaction(SIGSYS, &action, NULL) == 0 ? highest : -1;
}
