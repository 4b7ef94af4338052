import Glibc

/// One connection: reads the head of a request, writes the answer, and ends.
struct MonitoringConnection {
    private static let mostHeadBytes = 8 << 10

    let descriptor: Descriptor
    /// Whatever the client does, the connection ends then.
    let deadline: ContinuousClock.Instant
    private var head: [UInt8] = []
    private var answer: ArraySlice<UInt8>?

    init(_ descriptor: Descriptor, deadline: ContinuousClock.Instant) {
        self.descriptor = descriptor
        self.deadline = deadline
    }

    var isWriting: Bool { answer != nil }

    /// What to wait for.
    var events: Int16 { Int16(isWriting ? POLLOUT : POLLIN) }

    /// Goes on as far as it can without waiting.
    ///
    /// - Returns: false when the connection is at its end.
    mutating func proceed(_ respond: (HTTPRequestHead) -> HTTPResponse) -> Bool {
        if answer == nil, !read(respond) { return false }
        return write()
    }

    private mutating func read(_ respond: (HTTPRequestHead) -> HTTPResponse) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while answer == nil {
            let count = recv(descriptor.value, &chunk, chunk.count, Int32(MSG_DONTWAIT))
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno == EAGAIN }
            if count == 0 { return false }
            head += chunk[..<count]
            if Self.isWhole(head) {
                let request = HTTPRequestHead(head)
                let response = request.map(respond) ?? HTTPResponse(.badRequest)
                answer = response.bytes(isHead: request?.method == "HEAD")[...]
            } else if head.count > Self.mostHeadBytes {
                answer = HTTPResponse(.headTooLarge).bytes(isHead: false)[...]
            }
        }
        return true
    }

    private mutating func write() -> Bool {
        while let rest = answer, !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor.value, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno == EAGAIN }
            answer = rest.dropFirst(count)
        }
        return answer == nil
    }

    /// A head ends with an empty line.
    private static func isWhole(_ head: [UInt8]) -> Bool {
        zip(head.indices, head).contains { index, byte in
            byte == 0x0A
                && (head[(index + 1)...].starts(with: [0x0A]) || head[(index + 1)...].starts(with: [0x0D, 0x0A]))
        }
    }
}
