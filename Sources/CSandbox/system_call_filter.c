#define _GNU_SOURCE
#include "system_call_filter.h"

#include <asm/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "CSandbox.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#define ARCHITECTURE 0
#endif

// Memory, signals to itself, its channel, and reading what is open. No file, socket, process, thread or device.
static const int allowed[] = {
    __NR_read, __NR_readv, __NR_pread64, __NR_lseek, __NR_close, __NR_fstat, __NR_dup, __NR_getdents64,
    __NR_munmap, __NR_mremap, __NR_brk,
    __NR_futex, __NR_rt_sigreturn, __NR_rt_sigprocmask, __NR_sigaltstack, __NR_restart_syscall, __NR_sched_yield,
    __NR_exit, __NR_exit_group,
    __NR_clock_gettime, __NR_clock_getres, __NR_gettimeofday, __NR_nanosleep, __NR_clock_nanosleep, __NR_getrandom,
    __NR_getpid, __NR_gettid, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid, __NR_getrusage, __NR_uname,
    __NR_sysinfo, __NR_sched_getaffinity, __NR_ppoll,
#ifdef __NR_poll
    __NR_poll,
#endif
};

// Calls that name a path, or ask something of a kind that has an answer without harm.
static const int trapped[] = {
#ifdef __NR_open
    __NR_open,
#endif
#ifdef __NR_stat
    __NR_stat, __NR_lstat, __NR_access, __NR_readlink,
#endif
    __NR_openat, __NR_newfstatat, __NR_statx, __NR_faccessat, __NR_faccessat2, __NR_readlinkat, __NR_statfs, __NR_getcwd,
};

// Room for three instructions a call and those with arguments.
typedef struct {
    struct sock_filter instructions[512];
    unsigned short count;
    int overflowed;
} filter_program;

static void add(filter_program *program, struct sock_filter instruction) {
    if (program->count >= sizeof program->instructions / sizeof *program->instructions) {
        program->overflowed = 1;
        return;
    }
    program->instructions[program->count++] = instruction;
}

static void load(filter_program *program, size_t offset) {
    add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void give(filter_program *program, uint32_t action) {
    add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/// Skips `count` instructions unless the loaded word is `value`.
static void unless_skip(filter_program *program, uint32_t value, uint8_t count) {
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count));
}

static void rule(filter_program *program, int number, uint32_t action) {
    unless_skip(program, (uint32_t)number, 1);
    give(program, action);
}

// Both machines are little-endian: the low word of an argument comes first.
#define ARGUMENT(index) (offsetof(struct seccomp_data, args) + 8 * (index))
#define NUMBER offsetof(struct seccomp_data, nr)

/// Allows a call whose argument has none of the `forbidden` bits; ends the process otherwise.
static void rule_without_bits(filter_program *program, int number, int argument, uint32_t forbidden) {
    unless_skip(program, (uint32_t)number, 4);
    load(program, ARGUMENT(argument));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, forbidden, 1, 0));
    give(program, SECCOMP_RET_ALLOW);
    give(program, SECCOMP_RET_KILL_PROCESS);
}

/// Allows a call whose argument is one of two values; `otherwise` for any other.
static void rule_with_value(
    filter_program *program, int number, int argument, uint32_t one, uint32_t two, uint32_t otherwise) {
    unless_skip(program, (uint32_t)number, 5);
    load(program, ARGUMENT(argument));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, one, 1, 0));
    unless_skip(program, two, 1);
    give(program, SECCOMP_RET_ALLOW);
    give(program, otherwise);
}

/// Allows a call whose argument is below `limit`.
static void rule_below(filter_program *program, int number, int argument, uint32_t limit) {
    unless_skip(program, (uint32_t)number, 4);
    load(program, ARGUMENT(argument));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, limit, 1, 0));
    give(program, SECCOMP_RET_ALLOW);
    give(program, SECCOMP_RET_KILL_PROCESS);
}

/// Allows a call whose first argument is `first` and whose third is `third`; ends the process otherwise.
static void rule_with_both(filter_program *program, int number, uint32_t first, uint32_t third) {
    unless_skip(program, (uint32_t)number, 6);
    load(program, ARGUMENT(0));
    unless_skip(program, first, 3);
    load(program, ARGUMENT(2));
    unless_skip(program, third, 1);
    give(program, SECCOMP_RET_ALLOW);
    give(program, SECCOMP_RET_KILL_PROCESS);
}

static void build(filter_program *program, uint32_t self) {
    load(program, offsetof(struct seccomp_data, arch));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
    give(program, SECCOMP_RET_KILL_PROCESS);
    load(program, NUMBER);
    // Those most often made come first. Every rule that loads an argument ends with a return.
    rule_without_bits(program, __NR_mmap, 2, PROT_EXEC);
    rule_without_bits(program, __NR_mprotect, 2, PROT_EXEC);
    // Above these are pieces of advice that only a privileged process may give.
    rule_below(program, __NR_madvise, 2, MADV_HWPOISON);
    for (size_t index = 0; index < sizeof allowed / sizeof *allowed; index++) {
        rule(program, allowed[index], SECCOMP_RET_ALLOW);
    }
    for (size_t index = 0; index < sizeof trapped / sizeof *trapped; index++) {
        rule(program, trapped[index], SECCOMP_RET_TRAP);
    }
    rule_with_value(program, __NR_sendmsg, 0, SANDBOX_CHANNEL, SANDBOX_CHANNEL, SECCOMP_RET_KILL_PROCESS);
    rule_with_value(program, __NR_recvmsg, 0, SANDBOX_CHANNEL, SANDBOX_CHANNEL, SECCOMP_RET_KILL_PROCESS);
    rule_with_value(
        program, __NR_write, 0, SANDBOX_COMPLAINTS, SANDBOX_COMPLAINTS, SECCOMP_RET_ERRNO | EBADF);
    rule_with_value(
        program, __NR_writev, 0, SANDBOX_COMPLAINTS, SANDBOX_COMPLAINTS, SECCOMP_RET_ERRNO | EBADF);
    rule_with_value(program, __NR_fcntl, 1, F_DUPFD_CLOEXEC, F_GETFL, SECCOMP_RET_ERRNO | EINVAL);
    // abort() sends a signal to the process itself. Another one could pass for the work of someone else.
    rule_with_both(program, __NR_tgkill, self, 6);
    // A new handler for SIGSYS would take the broker's place: only a process that aborts may change handlers.
    rule_with_value(program, __NR_rt_sigaction, 0, 6, 6, SECCOMP_RET_ERRNO | EPERM);
    rule(program, __NR_ioctl, SECCOMP_RET_ERRNO | ENOTTY);
    rule(program, __NR_prlimit64, SECCOMP_RET_ERRNO | EPERM);
    rule(program, __NR_prctl, SECCOMP_RET_ERRNO | EPERM);
    give(program, SECCOMP_RET_KILL_PROCESS);
}

int system_call_filter_install(void) {
    if (ARCHITECTURE == 0) {
        errno = ENOSYS;
        return -1;
    }
    static filter_program program;
    build(&program, (uint32_t)getpid());
    if (program.overflowed) {
        errno = E2BIG;
        return -1;
    }
    struct sock_fprog filter = {.len = program.count, .filter = program.instructions};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}
