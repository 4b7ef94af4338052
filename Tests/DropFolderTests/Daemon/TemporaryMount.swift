import Foundation
import TestSupport

/// A tmpfs of a few bytes over a folder, which fills up, goes away and comes back as a test wants.
final class TemporaryMount: Sendable {
    static let isPossible: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        return (try? TemporaryMount(on: folder.path)) != nil
    }()

    let folder: String
    private var ballast: String { folder + "/.ballast" }

    /// - Parameter folder: is made, where it is not there.
    init(on folder: String, bytes: Int = 4 << 20) throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.check(mount("gleaner-test", folder, "tmpfs", 0, "size=\(bytes)"))
    }

    deinit { umount2(folder, Int32(MNT_DETACH)) }

    /// Leaves no block free, and no other file can be made.
    func fill() throws {
        let descriptor = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        try Self.check(descriptor)
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 1 << 16)
        var size = block.count
        while size > 0 {
            if write(descriptor, block, size) <= 0 { size /= 2 }
        }
    }

    func empty() throws { try FileManager.default.removeItem(atPath: ballast) }

    func makeReadOnly(_ isReadOnly: Bool) throws {
        let flags = UInt(MS_REMOUNT) | (isReadOnly ? UInt(MS_RDONLY) : 0)
        try Self.check(mount("gleaner-test", folder, "tmpfs", flags, ""))
    }

    /// Takes the file system away and keeps it at another place.
    ///
    /// - Parameter isLazy: even while files of it are open.
    /// - Returns: false when it is in use at this moment.
    func park(at place: String, isLazy: Bool = false) throws -> Bool {
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try Self.check(mount(folder, place, nil, UInt(MS_BIND), nil))
        if umount2(folder, isLazy ? Int32(MNT_DETACH) : 0) == 0 { return true }
        umount2(place, Int32(MNT_DETACH))
        return false
    }

    /// Puts it back, as the same file system.
    func comeBack(from place: String) throws {
        try Self.check(mount(place, folder, nil, UInt(MS_BIND), nil))
        umount2(place, Int32(MNT_DETACH))
    }

    private static func check(_ result: Int32) throws {
        guard result >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}
