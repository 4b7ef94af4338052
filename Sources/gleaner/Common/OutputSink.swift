import ArgumentParser
import Foundation

/// Where records go: standard output as they come, or a file that appears whole at the end.
///
/// A regular file is written under a temporary name beside its own, synced, and renamed; a device or pipe is written as it
/// is. What cannot be written is known before any document is read.
final class OutputSink {
    private let handle: FileHandle
    private let name: String
    private let code: ExitCode
    /// What the user can change where it cannot be written.
    private let option: String
    /// The temporary file and what it is to replace; nil where records go straight to their place.
    private var replacement: (temporary: String, target: String)?
    private var isEmpty = true

    init(output: String?, option: String = "--output") throws {
        self.option = option
        guard let output else {
            (handle, name, code) = (.standardOutput, "standard output", .outputLost)
            return
        }
        (name, code) = (output, .cannotWrite)
        // A link stays a link: what it leads to is replaced.
        let target = URL(fileURLWithPath: output).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        if let type, type != .typeRegular {
            guard type != .typeDirectory, let handle = FileHandle(forWritingAtPath: target) else {
                throw Self.failure(output, .cannotWrite, option)
            }
            self.handle = handle
            return
        }
        let temporary = target + ".\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Self.failure(output, .cannotWrite, option) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        replacement = (temporary, target)
    }

    deinit {
        if let replacement { unlink(replacement.temporary) }
    }

    func write(_ record: [UInt8]) throws {
        do {
            try handle.write(contentsOf: Data(record))
            isEmpty = false
        } catch {
            throw Self.failure(name, code, option)
        }
    }

    /// Puts the file under its name. Without any record nothing is written.
    func finish() throws {
        guard let replacement, !isEmpty else { return }
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw Self.failure(name, code, option)
        }
        guard rename(replacement.temporary, replacement.target) == 0 else { throw Self.failure(name, code, option) }
        self.replacement = nil
    }

    private static func failure(_ name: String, _ code: ExitCode, _ option: String) -> FileFailure {
        let fix =
            code == .outputLost ? "check its reader and the disk" : "check its folder and the disk, or change \(option)"
        return FileFailure(message: "\(name): cannot be written; \(fix)", code: code)
    }
}
