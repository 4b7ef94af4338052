import Glibc

/// Where a folder lives, to notice that its file system went away or that another one came.
public struct MountIdentity: Hashable, Sendable {
    /// st_dev of the folder.
    public var device: UInt64
    public var mountPoint: String
    /// `ext4`, `tmpfs`, `nfs4`, `fuse.sshfs` …
    public var type: String
    /// A device, a share, or any word.
    public var source: String
    /// f_fsid of statfs(2); 0 where the file system has none.
    public var id: UInt64
    /// The folder's path within its file system; empty when it is not known. Tells a bind mount from the folder below
    /// it, which is on the same device.
    public var folder: String

    public init(
        device: UInt64, mountPoint: String, type: String, source: String, id: UInt64, folder: String = ""
    ) {
        self.device = device
        self.mountPoint = mountPoint
        self.type = type
        self.source = source
        self.id = id
        self.folder = folder
    }

    /// Whether other machines can change the files unseen by inotify(7), so that only looking tells.
    public var isRemote: Bool {
        let remote: Set<String> = [
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "afs", "coda", "lustre", "gfs2", "ocfs2",
            "orangefs", "gpfs", "beegfs", "vboxsf", "vmhgfs", "prl_fs",
        ]
        return remote.contains(type) || type.hasPrefix("fuse")
    }

    public enum Change: Sendable {
        case unchanged
        /// A file system was mounted on top, between the remembered mount point and the folder.
        case mountedOver
        /// The file system is not there: the bare mount point, or something else in its place.
        case gone
    }

    /// What happened to the folder's file system since `remembered`.
    public func change(since remembered: MountIdentity) -> Change {
        if isSameFileSystem(as: remembered) { return .unchanged }
        return Self.isInside(mountPoint, remembered.mountPoint) ? .mountedOver : .gone
    }

    private func isSameFileSystem(as other: MountIdentity) -> Bool {
        guard type == other.type else { return false }
        // Device numbers change from one mount to the next where there is no block device.
        if source == other.source, mountPoint == other.mountPoint { return true }
        guard device == other.device || (id != 0 && id == other.id) else { return false }
        // Mounted elsewhere, perhaps only in another namespace: then the folder is the same if it lies at the same
        // place within the file system.
        return folder.isEmpty || other.folder.isEmpty || folder == other.folder
    }

    private static func isInside(_ path: String, _ folder: String) -> Bool {
        path != folder && path.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
    }
}
