#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
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

/// Processor time is limited from outside, by the piece of work.
static int set_limits(sandbox_limits limits, int highest_descriptor) {
    if (limit(RLIMIT_AS, address_space(limits.memory)) != 0) return -1;
    if (limit(RLIMIT_NOFILE, (rlim_t)highest_descriptor + 1 + limits.descriptors) != 0) return -1;
    if (limit(RLIMIT_CORE, 0) != 0 || limit(RLIMIT_FSIZE, 0) != 0) return -1;
    if (limit(RLIMIT_NPROC, 0) != 0) return -1;
    return limit(RLIMIT_MEMLOCK, 0);
}

/// Leaves the network and the other processes' message queues behind. Before it, root inside the new namespace is nobody outside.
static int leave_network(void) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) != 0) return 0;
    // The new namespace came with every capability in it.
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    syscall(SYS_capset, &header, none);
    return 1;
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

int sandbox_enter(
    const char *const *paths, size_t path_count, sandbox_limits limits, int with_filter, sandbox_report *report) {
    forget_signal_handlers();
    int highest = file_broker_start(paths, path_count);
    if (highest < 0) return -1;
    *report = (sandbox_report){.has_no_network = leave_network()};
    if (set_limits(limits, highest) != 0) return -1;
    // Without a filter no call is trapped, and fonts are opened as ever: Landlock would forbid that.
    if (!with_filter || prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0) return 0;
    report->has_no_files = lock_files();
    report->filters_system_calls = system_call_filter_install() == 0;
    return 0;
}
