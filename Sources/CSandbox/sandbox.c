#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "file_broker.h"
#include "system_call_filter.h"

#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif

void sandbox_clear_environment(void) { clearenv(); }

/// Sets a limit, or leaves a lower one that stands.
static int limit(__rlimit_resource_t resource, rlim_t value) {
    struct rlimit present;
    if (getrlimit(resource, &present) != 0) return -1;
    if (present.rlim_max != RLIM_INFINITY && present.rlim_max < value) value = present.rlim_max;
    struct rlimit limits = {value, value};
    return setrlimit(resource, &limits);
}

typedef struct {
    uint64_t mapped;
    uint64_t resident;
} memory_use;

/// Bytes of address space and of memory in use; a guess where the system does not tell.
static memory_use use_memory(void) {
    memory_use use = {.mapped = (uint64_t)1 << 30};
    unsigned long long mapped, resident;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return use;
    if (fscanf(file, "%llu %llu", &mapped, &resident) == 2) {
        uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
        use = (memory_use){mapped * page, resident * page};
    }
    fclose(file);
    return use;
}

// Code and fonts that are mapped by now and will be touched later, and the least that any work takes.
#define LATER_RESIDENT ((uint64_t)24 << 20)
#define LEAST_ROOM ((uint64_t)16 << 20)

/// The system limits address space, not memory: what can be mapped from here on is what can still become resident.
static rlim_t address_space(uint64_t memory) {
    memory_use use = use_memory();
    uint64_t taken = use.resident + LATER_RESIDENT;
    return use.mapped + (memory > taken + LEAST_ROOM ? memory - taken : LEAST_ROOM);
}

// Seconds of processor time of a worker, whatever it does: each piece of work is limited from outside.
#define LONGEST_LIFE 86400

static int set_limits(sandbox_limits limits, int highest_descriptor) {
    if (limit(RLIMIT_AS, address_space(limits.memory)) != 0) return -1;
    rlim_t descriptors = (rlim_t)highest_descriptor + 1 + limits.descriptors;
    struct rlimit allowed;
    if (getrlimit(RLIMIT_NOFILE, &allowed) != 0 || allowed.rlim_max < descriptors) {
        errno = EMFILE;
        return -1;
    }
    if (limit(RLIMIT_NOFILE, descriptors) != 0) return -1;
    if (limit(RLIMIT_CORE, 0) != 0 || limit(RLIMIT_FSIZE, 0) != 0) return -1;
    if (limit(RLIMIT_NPROC, 0) != 0 || limit(RLIMIT_CPU, LONGEST_LIFE) != 0) return -1;
    return limit(RLIMIT_MEMLOCK, 0);
}

/// Leaves the network and the other processes' message queues behind, in a user namespace where it must.
static int leave_network(void) { return unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0; }

/// Gives up what the process is allowed as root, by its unit, or in a namespace of its own.
static void drop_capabilities(void) {
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    syscall(SYS_capset, &header, none);
}

/// Forbids every file system access of Landlock's first version, which all later kernels know too.
static int lock_files(void) {
#if defined(LANDLOCK_ACCESS_FS_EXECUTE) && defined(SYS_landlock_create_ruleset)
    struct landlock_ruleset_attr rules = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    int set = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (set < 0) return 0;
    int done = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, set, 0) == 0;
    close(set);
    return done;
#else
    return 0;
#endif
}

/// Crashes end the process at once: a runtime's own handlers would start a debugger, and be stopped for it.
static void forget_signal_handlers(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
}

static void end_without_parent(int signal_number) {
    (void)signal_number;
    int saved = errno;
    struct pollfd channel = {.fd = SANDBOX_CHANNEL};
    if (poll(&channel, 1, 0) == 1 && (channel.revents & (POLLHUP | POLLERR))) _exit(0);
    errno = saved;
}

/// Looks after every second of processor time whether the parent is still there: who waits for it notices its end anyway.
static int watch_parent(void) {
    struct sigaction action = {.sa_handler = end_without_parent, .sa_flags = SA_RESTART};
    struct itimerval second = {.it_interval = {.tv_sec = 1}, .it_value = {.tv_sec = 1}};
    return sigaction(SIGPROF, &action, NULL) == 0 ? setitimer(ITIMER_PROF, &second, NULL) : -1;
}

int sandbox_enter(
    const char *const *paths, size_t path_count, sandbox_limits limits, sandbox_report *report) {
    forget_signal_handlers();
    if (watch_parent() != 0) return -1;
    int highest = file_broker_start(paths, path_count);
    if (highest < 0) return -1;
    *report = (sandbox_report){.has_no_network = leave_network()};
    drop_capabilities();
    if (set_limits(limits, highest) != 0) return -1;
    // Without a filter no call is trapped, and fonts are opened as ever: Landlock would forbid that.
    int has_filters = prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) < 0 && errno == EFAULT;
    if (!has_filters) return 0;
    report->has_no_files = lock_files();
    report->filters_system_calls = system_call_filter_install() == 0;
    return 0;
}
