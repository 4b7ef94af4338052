import Glibc

/// A listening TCP socket that only this machine reaches.
final class LoopbackListener: Sendable {
    let descriptor: Descriptor
    let port: Int

    /// - Parameter port: 0: one that is free.
    init(address: String, port: Int) throws(MonitoringError) {
        guard let port16 = UInt16(exactly: port), let bytes = Self.socketAddress(address, port: port16) else {
            throw .notLoopback(address, port)
        }
        let family = address == "::1" ? AF_INET6 : AF_INET
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let number = socket(family, Int32(type), 0)
        guard number >= 0 else { throw .system(address, port, code: errno) }
        descriptor = Descriptor(number)
        // A port that was ours a moment ago can be ours again.
        var yes: Int32 = 1
        setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let bound = bytes.withUnsafeBytes { bytes in
            bind(number, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard bound == 0, listen(number, 16) == 0 else { throw .system(address, port, code: errno) }
        guard let found = Self.port(of: number) else { throw .system(address, port, code: errno) }
        self.port = found
    }

    /// A connection that waits; nil with `errno` when there is none.
    func accept() -> Descriptor? {
        let number = Glibc.accept(descriptor.value, nil, nil)
        if number >= 0 { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
        return number >= 0 ? Descriptor(number) : nil
    }

    private static func socketAddress(_ address: String, port: UInt16) -> [UInt8]? {
        if address == "::1" {
            var socket = sockaddr_in6()
            socket.sin6_family = sa_family_t(AF_INET6)
            socket.sin6_port = port.bigEndian
            socket.sin6_addr = in6addr_loopback
            return withUnsafeBytes(of: socket) { Array($0) }
        }
        var socket = sockaddr_in()
        socket.sin_family = sa_family_t(AF_INET)
        socket.sin_port = port.bigEndian
        guard inet_pton(AF_INET, address, &socket.sin_addr) == 1, socket.sin_addr.s_addr & 0xFF == 127 else {
            return nil
        }
        return withUnsafeBytes(of: socket) { Array($0) }
    }

    /// The port stands at the same place in both families.
    private static func port(of socket: Int32) -> Int? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutableBytes(of: &storage) { bytes in
            getsockname(socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
        guard result == 0 else { return nil }
        return withUnsafeBytes(of: storage) { Int($0[2]) << 8 | Int($0[3]) }
    }
}
