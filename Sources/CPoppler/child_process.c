#define _GNU_SOURCE
#include "child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The child runs ordinary library code after fork in a process that may have threads. That is sound here because
// glibc keeps its allocator and stdio usable across fork, and because the parent never enters poppler, GLib, cairo or
// fontconfig: none of their locks can be held at the time of the fork.

// While one thread forks, no other may hold a fresh pipe: its child would keep that pipe open.
static pthread_mutex_t fork_lock = PTHREAD_MUTEX_INITIALIZER;

child_result *child_result_create(size_t payload_size) {
    void *memory = mmap(
        NULL, sizeof(child_result) + payload_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

void child_result_free(child_result *result, size_t payload_size) {
    munmap(result, sizeof *result + payload_size);
}

pdf_status child_result_fail(child_result *result, pdf_status status, const char *text) {
    size_t length = strnlen(text, PDF_MESSAGE_SIZE - 1);
    memcpy(result->message, text, length);
    result->message[length] = 0;
    return status;
}

static void limit(int resource, rlim_t value) {
    struct rlimit limits = {value, value};
    struct rlimit present;
    if (getrlimit(resource, &present) == 0 && present.rlim_max < value) return;
    setrlimit(resource, &limits);
}

/// Bytes of address space in use.
static uint64_t mapped_bytes(void) {
    unsigned long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return 0;
    if (fscanf(file, "%llu", &pages) != 1) pages = 0;
    fclose(file);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/// Closes everything but the standard streams and one descriptor: a file that another thread is writing would count as open for as
/// long as the child lives, and a lock as held.
static void keep_only(int descriptor) {
    if (descriptor > 3) close_range(3, (unsigned)descriptor - 1, 0);
    close_range((unsigned)descriptor + 1, ~0U, 0);
}

/// Gives the child default signals, silence and limits.
static void prepare_child(pid_t parent, pdf_budget budget) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    // Ctrl-C is for the parent to answer.
    setpgid(0, 0);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // Libraries print their complaints; the caller gets one message instead.
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, (rlim_t)budget.seconds + 1);
    uint64_t mapped = mapped_bytes();
    if (mapped > 0) limit(RLIMIT_AS, mapped + budget.memory);
}

static int64_t milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/// Waits until the child's end of the pipe closes; false at the deadline.
static int wait_for_close(int descriptor, uint32_t seconds) {
    int64_t deadline = milliseconds_now() + (int64_t)seconds * 1000;
    for (;;) {
        int64_t left = deadline - milliseconds_now();
        if (left <= 0) return 0;
        struct pollfd waited = {.fd = descriptor, .events = POLLIN};
        int ready = poll(&waited, 1, left > 60000 ? 60000 : (int)left);
        if (ready > 0) return 1;
        if (ready < 0 && errno != EINTR) return 0;
    }
}

/// Whether someone else ended the child, such as the system for want of memory: the file is not to blame.
static int was_ended_from_outside(int end) {
    if (!WIFSIGNALED(end)) return 0;
    int number = WTERMSIG(end);
    return number == SIGKILL || number == SIGTERM || number == SIGINT || number == SIGHUP;
}

static pdf_status wait_for_child(child_result *result, pid_t child, int descriptor, pdf_budget budget) {
    int in_time = wait_for_close(descriptor, budget.seconds);
    if (!in_time) kill(child, SIGKILL);
    int end = 0;
    pid_t waited;
    do waited = waitpid(child, &end, 0);
    while (waited < 0 && errno == EINTR);
    // The flag tells whether it came to its end.
    if (result->finished) return result->status;
    if (!in_time) {
        return child_result_fail(result, PDF_TIMED_OUT, "the time limit was reached");
    }
    if (waited == child && was_ended_from_outside(end)) {
        return child_result_fail(result, PDF_NO_PROCESS, "the process that drew it was ended from outside");
    }
    return child_result_fail(result, PDF_CRASHED, "the PDF library crashed or reached its memory limit");
}

pdf_status run_in_child(
    child_result *result, pdf_budget budget, pdf_status (*work)(child_result *result, const void *context),
    const void *context) {
    int ends[2];
    pid_t parent = getpid();
    pthread_mutex_lock(&fork_lock);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        pthread_mutex_unlock(&fork_lock);
        return child_result_fail(result, PDF_NO_PROCESS, "no pipe is left");
    }
    pid_t child = fork();
    if (child == 0) {
        keep_only(ends[1]);
        prepare_child(parent, budget);
        result->status = work(result, context);
        result->finished = 1;
        _exit(0);
    }
    close(ends[1]);
    pthread_mutex_unlock(&fork_lock);
    pdf_status status = child < 0 ? child_result_fail(result, PDF_NO_PROCESS, "no process could be started")
                                  : wait_for_child(result, child, ends[0], budget);
    close(ends[0]);
    return status;
}
