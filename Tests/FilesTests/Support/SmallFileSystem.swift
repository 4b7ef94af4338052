import Files
import Glibc
import TestSupport
import Testing

/// A tmpfs of a few bytes, mounted on a folder of its own until its owner is gone.
final class SmallFileSystem: Sendable {
    static let isPossible: Bool = (try? SmallFileSystem()) != nil

    /// What `.enabled(if:)` says.
    static let reason: Comment = "needs the right to mount a tmpfs"

    let path: String
    private let folder: TemporaryFolder

    init(bytes: Int = 1 << 20) throws {
        folder = try TemporaryFolder()
        path = folder.path
        try mount(bytes: bytes)
    }

    deinit { unmount() }

    func mount(bytes: Int = 1 << 20) throws { try Self.mount(path, flags: 0, options: "size=\(bytes)") }

    func unmount() {
        let detach: Int32 = 2
        _ = CLibrary.umount2?(path, detach)
    }

    func makeReadOnly() throws {
        let readOnly: UInt = 1
        let remount: UInt = 32
        try Self.mount(path, flags: readOnly | remount, options: "")
    }

    /// Shows `source` at `target`, too, until that is unmounted.
    static func bind(_ source: String, on target: String) throws {
        let bind: UInt = 4096
        guard CLibrary.mount?(source, target, nil, bind, nil) == 0 else {
            throw FileError(.mount, path: target, code: errno)
        }
    }

    private static func mount(_ path: String, flags: UInt, options: String) throws {
        guard CLibrary.mount?("gleaner-test", path, "tmpfs", flags, options) == 0 else {
            throw FileError(.mount, path: path, code: errno)
        }
    }
}
