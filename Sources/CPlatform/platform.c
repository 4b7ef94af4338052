#define _GNU_SOURCE
#include "CPlatform.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

int platform_rename_new(const char *source, const char *target) {
    return renameat2(AT_FDCWD, source, AT_FDCWD, target, RENAME_NOREPLACE);
}

int platform_lease_take(int descriptor) {
    // The kernel tells the holder by signal that someone waits. Its default, SIGIO, would end a process that has no
    // handler; SIGURG is ignored unless the process asked for it, so nobody's signal handling needs to change.
    // The choice must stand before the lease does.
    if (fcntl(descriptor, F_SETSIG, SIGURG) != 0) return -1;
    return fcntl(descriptor, F_SETLEASE, F_RDLCK);
}

int platform_lease_stands(int descriptor) {
    // While a lease is being broken, F_GETLEASE gives the kind that it must become: F_UNLCK.
    return fcntl(descriptor, F_GETLEASE) == F_RDLCK;
}

int platform_lease_release(int descriptor) { return fcntl(descriptor, F_SETLEASE, F_UNLCK); }

int platform_clone(int source, int target) { return ioctl(target, FICLONE, source); }

ssize_t platform_copy_range(int source, int target, size_t size) {
    return copy_file_range(source, NULL, target, NULL, size, 0);
}

int platform_set_modified(int descriptor, struct timespec modified) {
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, modified};
    return futimens(descriptor, times);
}

int platform_open_place(const char *folder) { return open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC); }

int platform_file_system_of(int descriptor, platform_file_system *file_system) {
    struct statfs status;
    if (fstatfs(descriptor, &status) != 0) return -1;
    // The type is signed, and as wide as the machine's word.
    file_system->magic = (uint32_t)status.f_type;
    memcpy(&file_system->id, &status.f_fsid, sizeof file_system->id);
    return 0;
}

int platform_leases_need_server(platform_file_system file_system) {
    switch (file_system.magic) {
    case NFS_SUPER_MAGIC:
    case CIFS_SUPER_MAGIC:
    case SMB2_SUPER_MAGIC: return 1;
    default: return 0;
    }
}
