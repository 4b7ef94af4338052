#define _GNU_SOURCE
#include "CMisdeeds.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARENA 4
#define CHANNEL 3

static int segfault(void) {
    *(volatile int *)8 = 1;
    return 1;
}

static int loop(void) {
    for (volatile int number = 0;; number++) continue;
}

static int sleep_on(void) {
    for (;;) sleep(1000);
}

static int allocate(void) {
    for (;;) {
        void *volatile bytes = malloc(16 << 20);
        if (!bytes) {
            // As poppler ends.
            (void)!write(STDERR_FILENO, "Out of memory\n", 14);
            abort();
        }
        memset(bytes, 1, 16 << 20);
    }
}

static int recurse(volatile char *above) {
    volatile char here[4096];
    here[0] = above[0];
    return recurse(here) + here[1];
}

static int overflow_stack(void) {
    volatile char start[1] = {0};
    return recurse(start);
}

static int open_socket(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }

static int write_to_socket(void) { return sendto(CHANNEL, "x", 1, 0, NULL, 0) >= 0; }

static int open_passwd(void) { return open("/etc/passwd", O_RDONLY) >= 0; }

static int open_for_writing(void) { return open("/tmp/gleaner-escaped", O_CREAT | O_WRONLY, 0600) >= 0; }

static int look_at_passwd(void) {
    struct stat status;
    return stat("/etc/passwd", &status) == 0;
}

static int fork_off(void) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    return child > 0;
}

static void *do_nothing(void *argument) { return argument; }

static int start_thread(void) {
    pthread_t thread;
    return pthread_create(&thread, NULL, do_nothing, NULL) == 0;
}

static int run_program(void) {
    char *arguments[] = {"true", NULL};
    execv("/bin/true", arguments);
    return 0;
}

static int signal_parent(void) { return kill(getppid(), 0) == 0; }

static int kill_itself(void) { return raise(SIGKILL); }

static int stop_itself(void) { return raise(SIGSTOP); }

static int trace_parent(void) { return ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0; }

static int map_code(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static int cut_arena(void) { return ftruncate(ARENA, 0) == 0; }

static int raise_limit(void) {
    struct rlimit limits = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_AS, &limits) == 0;
}

static int replace_handler(void) { return signal(SIGSYS, SIG_IGN) != SIG_ERR; }

static int use_all_descriptors(void) {
    for (int count = 0; count < 1000; count++) {
        if (dup(CHANNEL) < 0) return 0;
    }
    return 1;
}

/// More words than the pipe holds must not keep the worker, nor the reader.
static int complain_for_ever(void) {
    for (int count = 0; count < 1000000; count++) (void)!write(STDERR_FILENO, "nothing but trouble\n", 20);
    return 0;
}

static int answer_nonsense(void) {
    char bytes[100];
    memset(bytes, 0xFF, sizeof bytes);
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    (void)sendmsg(CHANNEL, &message, 0);
    return 0;
}

static int announce(unsigned char first, unsigned char others) {
    unsigned char bytes[9] = {2, first, others, others, others / 2};
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    (void)sendmsg(CHANNEL, &message, 0);
    return 0;
}

/// A document with two billion pages.
static int announce_pages(void) { return announce(0xFF, 0xFF); }

/// The right reply, which then comes once more.
static int answer_twice(void) { return announce(2, 0); }

int misdeed_commit(const char *name) {
    static const struct {
        const char *name;
        int (*commit)(void);
    } misdeeds[] = {
        {"segfault", segfault}, {"loop", loop}, {"sleep", sleep_on}, {"allocate", allocate},
        {"overflow-stack", overflow_stack}, {"open-socket", open_socket}, {"write-to-socket", write_to_socket},
        {"open-passwd", open_passwd}, {"open-for-writing", open_for_writing}, {"look-at-passwd", look_at_passwd},
        {"fork", fork_off}, {"start-thread", start_thread}, {"run-program", run_program},
        {"signal-parent", signal_parent}, {"trace-parent", trace_parent}, {"map-code", map_code},
        {"cut-arena", cut_arena}, {"raise-limit", raise_limit}, {"replace-handler", replace_handler},
        {"use-all-descriptors", use_all_descriptors}, {"complain-for-ever", complain_for_ever},
        {"answer-nonsense", answer_nonsense}, {"answer-twice", answer_twice},
        {"kill-itself", kill_itself}, {"stop-itself", stop_itself}, {"announce-pages", announce_pages},
    };
    for (size_t index = 0; index < sizeof misdeeds / sizeof *misdeeds; index++) {
        if (strcmp(misdeeds[index].name, name) == 0) return misdeeds[index].commit();
    }
    return -1;
}
