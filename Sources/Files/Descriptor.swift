import CPlatform
import Glibc

/// An open file; closed with its owner.
struct Descriptor: ~Copyable {
    let number: Int32
    /// The name that errors tell.
    let path: String
    private(set) var isLeased = false

    /// - Parameter name: the name that errors tell, where it is not `path`.
    init(_ path: String, flags: Int32, mode: mode_t = 0, name: String? = nil) throws(FileError) {
        let name = name ?? path
        guard !path.utf8.contains(0) else { throw FileError(.open, path: name, code: EINVAL) }
        number = try systemCall(.open, name) { open(path, flags | O_CLOEXEC, mode) }
        self.path = name
    }

    /// Opens a folder only to ask about it; an automount is triggered.
    init(place path: String) throws(FileError) {
        number = try systemCall(.open, path) { platform_open_place(path) }
        self.path = path
    }

    /// Opens a regular file for reading; a symbolic link, pipe or device is refused, and never waited for.
    static func reading(_ path: String) throws(FileError) -> Descriptor {
        // Looking first spares devices the side effects of being opened.
        var status = stat()
        try systemCall(.open, path) { lstat(path, &status) }
        if let code = status.refusal { throw FileError(.open, path: path, code: code) }
        let file = try Descriptor(path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        if let code = try file.status().refusal { throw FileError(.open, path: path, code: code) }
        return file
    }

    deinit {
        // A forked child may share the open file, and the lease would last as long as it does.
        if isLeased { Lease.release(number) }
        close(number)
    }

    func status() throws(FileError) -> stat {
        var status = stat()
        try systemCall(.status, path) { fstat(number, &status) }
        return status
    }

    /// - Returns: how many bytes were read into the beginning of `buffer`; 0 at the end of the file.
    func read(into buffer: inout [UInt8]) throws(FileError) -> Int {
        try systemCall(.read, path) { buffer.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress, $0.count) } }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = try systemCall(.write, path) {
                rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            }
            guard count > 0 else { throw FileError(.write, path: path, code: EIO) }
            rest.removeFirst(count)
        }
    }

    func sync() throws(FileError) {
        try SyncStatistics.measure { () throws(FileError) in
            _ = try systemCall(.sync, path) { fsync(number) }
        }
    }

    /// Takes a read lease, if it can be had, until `releaseLease` or the end.
    mutating func takeLease() -> Lease.Answer {
        let answer = Lease.take(number)
        isLeased = answer == .taken
        return answer
    }

    /// Whether nobody waits to write; true where there is no lease to tell.
    var isUndisturbed: Bool { !isLeased || Lease.stands(number) }

    mutating func releaseLease() {
        guard isLeased else { return }
        isLeased = false
        Lease.release(number)
    }
}
