import Glibc
import Synchronization

/// Why a lock could not be had.
public enum FileLockError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process has it; nil when it has not said who it is.
    case held(path: String, holder: Int32?)
    case failed(FileError)

    public var description: String {
        switch self {
        case .held(let path, let holder):
            "\(path): another process\(holder.map { " (\($0))" } ?? "") holds this lock; stop it or wait for it."
                .onOneLine
        case .failed(let error): error.description
        }
    }
}

/// A lock on a file, flock(2), held until it is released or the process ends. The file holds the process id; it stays.
public final class FileLock: Sendable {
    public let path: String
    private let descriptor: Mutex<Int32?>

    /// Does not wait.
    public init(_ path: String) throws(FileLockError) {
        self.path = path
        let opened: Int32
        do throws(FileError) {
            opened = try systemCall(.open, path) {
                open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
            }
        } catch {
            throw .failed(error)
        }
        do throws(FileError) {
            try systemCall(.lock, path) { flock(opened, LOCK_EX | LOCK_NB) }
            let text = Array("\(getpid())\n".utf8)
            try systemCall(.write, path) { ftruncate(opened, 0) }
            try systemCall(.write, path) { pwrite(opened, text, text.count, 0) }
        } catch {
            let holder = Self.holder(opened)
            close(opened)
            throw error.code == EWOULDBLOCK ? .held(path: path, holder: holder) : .failed(error)
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    /// Lets others have the lock; calling it again does nothing.
    public func release() {
        descriptor.withLock { descriptor in
            guard let number = descriptor else { return }
            descriptor = nil
            // The id is no longer true. A forked child may share the open file, so closing alone does not unlock.
            _ = ftruncate(number, 0)
            _ = flock(number, LOCK_UN)
            close(number)
        }
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &text, text.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: text[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
