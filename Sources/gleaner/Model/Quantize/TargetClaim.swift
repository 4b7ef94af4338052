import Files
import Glibc

/// The right to write a file: one process at a time has it.
///
/// It is a lock, flock(2), on an empty file with a temporary name beside the target. The system takes it from a process
/// that is killed, so what such a process left can be told from what another one is writing.
struct TargetClaim: ~Copyable {
    private let path: String
    private let descriptor: Int32

    /// Takes the right, and clears away what runs left that were killed: many gigabytes, maybe.
    ///
    /// The lock is taken before others are looked for. Of two runs that start at once both may be refused, but never go on.
    ///
    /// - Throws: `FileFailure` with `.tryAgain` where another process has it; `FileOperationError`.
    init(target: String) throws {
        path = Self.temporaryPath(for: target)
        descriptor = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileOperationError(operation: .write, path: path, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else {
                throw FileOperationError(operation: .lock, path: path, code: errno)
            }
            throw Self.refusal(target)
        }
        let others = try Self.temporaryFiles(for: target).filter { [path] in $0 != path }
        guard !others.contains(where: Self.isLocked) else { throw Self.refusal(target) }
        for other in others { try? Files.remove(other) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        unlink(path)
        close(descriptor)
    }

    /// A name that nobody else has, beside the target.
    static func temporaryPath(for target: String) -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        let random = String(repeating: "0", count: 16 - digits.count) + digits
        return "\(Files.folder(of: target))/\(beginning(target))\(random).part"
    }

    private static func beginning(_ target: String) -> String {
        let name = target.split(separator: "/").last.map(String.init) ?? ""
        return "." + Files.shortened(name, toBytes: 120) + "."
    }

    private static func temporaryFiles(for target: String) throws -> [String] {
        let (folder, beginning) = (Files.folder(of: target), beginning(target))
        return try Files.names(in: folder)
            .filter { $0.hasPrefix(beginning) && Files.isTemporaryName($0) }
            .map { "\(folder)/\($0)" }
    }

    /// Whether another process has locked a file. The lock to find out is shared: two that ask do not see each other.
    private static func isLocked(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    private static func refusal(_ target: String) -> FileFailure {
        FileFailure(
            message: "\(target): another process is writing this file; wait for it, or choose another name",
            code: .tryAgain)
    }
}
