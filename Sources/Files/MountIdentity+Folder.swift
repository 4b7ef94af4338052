import CPlatform
import Glibc

extension MountIdentity {
    /// Where a folder lives now. A symbolic link is followed; an automount is triggered.
    ///
    /// Sources: statfs(2), `/proc/self/mountinfo` and the mount id in `/proc/self/fdinfo`, proc_pid_fdinfo(5).
    public static func of(folder path: String) throws(FileError) -> MountIdentity {
        let folder = try Descriptor(place: path)
        let device = UInt64(try folder.status().st_dev)
        var fileSystem = platform_file_system()
        try systemCall(.mount, path) { platform_file_system_of(folder.number, &fileSystem) }

        let number = try mountNumber(of: folder)
        let listed = try Mount.parse(processText("mountinfo")).first { $0.id == number }
        // In a chroot(2) the file system of `/` is not listed, because its mount point lies outside.
        let root = try mountNumber(of: Descriptor(place: "/"))
        guard let mount = listed ?? (root == number ? .unlistedRoot : nil) else {
            // Unmounted lazily: only our descriptor still holds it.
            throw FileError(.mount, path: path, code: ENODEV)
        }
        return MountIdentity(
            device: device, mountPoint: mount.mountPoint, type: mount.type, source: mount.source, id: fileSystem.id,
            folder: mount.placeWithin(try realPath(folder)))
    }

    private static func mountNumber(of descriptor: borrowing Descriptor) throws(FileError) -> Int? {
        let prefix = "mnt_id:"
        for line in try processText("fdinfo/\(descriptor.number)").split(separator: "\n") where line.hasPrefix(prefix) {
            return Int(line.dropFirst(prefix.count).drop { $0 == " " || $0 == "\t" })
        }
        return nil
    }

    private static func processText(_ name: String) throws(FileError) -> String {
        let file = try Descriptor("/proc/self/\(name)", flags: O_RDONLY)
        var bytes: [UInt8] = []
        try file.forEachChunk { chunk in bytes += chunk }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func realPath(_ descriptor: borrowing Descriptor) throws(FileError) -> String {
        let link = "/proc/self/fd/\(descriptor.number)"
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = try systemCall(.mount, descriptor.path) {
            readlink(link, &bytes, bytes.count)
        }
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension Mount {
    /// The path within the file system of what is at `path` below the mount point.
    fileprivate func placeWithin(_ path: String) -> String {
        let below = String(Substring(mountPoint == "/" ? path.utf8[...] : path.utf8.dropFirst(mountPoint.utf8.count)))
        if root == "/" { return below.isEmpty ? "/" : below }
        return below == "/" ? root : root + below
    }
}
