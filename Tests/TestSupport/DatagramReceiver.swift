import Glibc

/// Stands where systemd or the journal would: a bound Unix datagram socket.
public final class DatagramReceiver: Sendable {
    /// As `NOTIFY_SOCKET` names it.
    public let address: String
    private let descriptor: Int32
    private let folder: TemporaryFolder

    struct Failure: Error {
        let code = errno
    }

    public init(abstract: Bool = false) throws {
        folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        address = abstract ? "@" + path : path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let family = withUnsafeBytes(of: sa_family_t(AF_UNIX)) { Array($0) }
        let name = family + (abstract ? [0] + Array(path.utf8) : Array(path.utf8) + [0])
        let bound = name.withUnsafeBytes { name in
            bind(descriptor, name.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(name.count))
        }
        guard descriptor >= 0, bound == 0 else { throw Failure() }
    }

    deinit { close(descriptor) }

    /// The next datagram; what was sent is there at once.
    public func receive() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        guard count >= 0 else { throw Failure() }
        return Array(bytes[..<count])
    }

    public func receiveLines() throws -> [String] {
        String(decoding: try receive(), as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
