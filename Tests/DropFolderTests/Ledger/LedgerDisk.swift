import Foundation
import TestSupport
import Testing

/// A small file system in memory, unmounted when its owner is gone.
final class LedgerDisk: Sendable {
    static let isPossible: Bool = (try? LedgerDisk()) != nil
    static let reason: Comment = "needs the right to mount a tmpfs"

    let path: String
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path
        try Self.run("mount", "-t", "tmpfs", "-o", "size=1m", "gleaner-test", path)
    }

    deinit { try? Self.run("umount", "--lazy", path) }

    func remount(_ option: String) throws { try Self.run("mount", "-o", "remount," + option, path) }

    /// Shows it in another folder, too.
    func show(in folder: String) throws { try Self.run("mount", "--bind", path, folder) }

    func showReadOnly(in folder: String) throws {
        try show(in: folder)
        try Self.run("mount", "-o", "remount,bind,ro", folder)
    }

    static func hide(_ folder: String) throws { try run("umount", "--lazy", folder) }

    /// Leaves not a byte free.
    func fill() throws {
        let file = fopen(path + "/filler", "a")
        defer { fclose(file) }
        setvbuf(file, nil, _IONBF, 0)
        while fputc(1, file) != EOF {}
    }

    func empty() throws { try FileManager.default.removeItem(atPath: path + "/filler") }

    struct CommandFailed: Error {
        let command: String
    }

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandFailed(command: arguments.joined(separator: " "))
        }
    }
}
