import Foundation

/// A connection to a port of this machine.
public final class TCPClient: Sendable {
    private let descriptor: Int32

    public struct Failure: Error {
        let code = errno
    }

    public init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafeBytes(of: address) { bytes in
            connect(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard connected == 0 else { throw Failure() }
    }

    deinit { close(descriptor) }

    public func send(_ text: String) {
        _ = Foundation.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL))
    }

    /// All until the server ends the connection; nil when it does not in 20 seconds.
    public func receiveAll() -> String? {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EAGAIN { return nil }
            guard count > 0 else { return String(decoding: all, as: UTF8.self) }
            all += chunk[..<count]
        }
    }

    public static func request(_ head: String, port: Int) throws -> String? {
        let client = try TCPClient(port: port)
        client.send(head)
        return client.receiveAll()
    }
}

public enum BlockingWork {
    /// Runs what waits in system calls on a thread of its own: the server's task needs one of the few of Swift's pool.
    public static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
        }
    }
}
