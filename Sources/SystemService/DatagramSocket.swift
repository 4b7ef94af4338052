import Glibc

/// Sends datagrams to one Unix socket: a path, or an abstract name after `@`.
final class DatagramSocket: Sendable {
    private let descriptor: Int32
    private let address: [UInt8]

    /// - Throws: `SocketAddressError` when the address is neither a path nor a name, or too long; unix(7).
    init(_ name: String) throws(SocketAddressError) {
        address = try Self.address(name)
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw SocketAddressError(address: name, reason: String(cString: strerror(errno)))
        }
        // A receiver that hangs must not hang the sender for good.
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Sends one datagram, and waits a second at most for a receiver that is busy.
    ///
    /// - Returns: 0, or what `errno` said.
    func send(_ bytes: [UInt8]) -> Int32 {
        while true {
            let sent = address.withUnsafeBytes { address in
                sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL),
                    address.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(address.count))
            }
            if sent >= 0 { return 0 }
            if errno != EINTR { return errno }
        }
    }

    /// A `sockaddr_un` with as many bytes as count.
    private static func address(_ name: String) throws(SocketAddressError) -> [UInt8] {
        var path = Array(name.utf8)
        let isAbstract = path.first == UInt8(ascii: "@")
        guard isAbstract || path.first == UInt8(ascii: "/"), path.count > 1, !path.contains(0) else {
            throw SocketAddressError(address: name, reason: "it is neither a path nor a name after @")
        }
        guard path.count < 108 else { throw SocketAddressError(address: name, reason: "it is longer than 107 bytes") }
        if isAbstract { path[0] = 0 } else { path.append(0) }
        return withUnsafeBytes(of: sa_family_t(AF_UNIX)) { Array($0) } + path
    }
}

/// An address that no Unix socket can have.
public struct SocketAddressError: Error, Sendable, Equatable, CustomStringConvertible {
    public let address: String
    public let reason: String

    public var description: String { "socket \"\(address)\": \(reason); check what started gleaner." }
}
