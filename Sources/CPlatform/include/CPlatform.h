// Linux calls that Swift cannot make by itself: variadic ones, and those glibc shows only to GNU sources.
#ifndef CPLATFORM_H
#define CPLATFORM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "platform_monitor.h"

#ifdef __cplusplus
extern "C" {
#endif

// Each returns -1 and sets errno where it fails, unless it says otherwise.

/// Renames `source` to `target` unless that name is taken (EEXIST): renameat2(2) with RENAME_NOREPLACE. EINVAL, ENOSYS
/// or ENOTSUP where the kernel or the file system cannot do this in one step.
int platform_rename_new(const char *source, const char *target);

/// Takes a read lease on a file that `descriptor` has open for reading only: fcntl(2) F_SETLEASE. EAGAIN when someone
/// has it open for writing, EACCES when the caller neither owns the file nor has CAP_LEASE, EINVAL where the file system
/// has no leases. While it is held, whoever opens the file for writing or truncates it waits until it is released.
int platform_lease_take(int descriptor);

/// 1 while the lease stands, 0 when someone waits for its end or it is gone.
int platform_lease_stands(int descriptor);

int platform_lease_release(int descriptor);

/// Makes the empty file `target` share the blocks of `source`: ioctl(2) FICLONE. Fails where the file system cannot.
int platform_clone(int source, int target);

/// Copies up to `size` bytes from where `source` stands to where `target` stands, inside the kernel:
/// copy_file_range(2). Returns the number of bytes, 0 at the end.
ssize_t platform_copy_range(int source, int target, size_t size);

/// Sets the time of last modification and leaves the time of last access: futimens(3).
int platform_set_modified(int descriptor, struct timespec modified);

/// Opens a folder only to ask about it: open(2) with O_PATH, O_DIRECTORY and O_CLOEXEC. Needs no right to read it.
int platform_open_place(const char *folder);

/// What statfs(2) tells of the file system that holds an open file.
typedef struct {
    uint64_t magic;  ///< f_type
    uint64_t id;     ///< f_fsid; 0 where there is none
} platform_file_system;

int platform_file_system_of(int descriptor, platform_file_system *file_system);

/// Whether a file system is a network one whose leases need the server's consent: NFS or SMB.
int platform_leases_need_server(platform_file_system file_system);

#ifdef __cplusplus
}
#endif

#endif
