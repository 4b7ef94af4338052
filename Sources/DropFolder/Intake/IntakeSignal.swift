public import Files
import Glibc

/// Where the thread of the intake sleeps, and how another thread wakes it.
public final class IntakeSignal: Sendable {
    private let sleeper: Int32
    private let waker: Int32

    public init() throws(FileError) {
        var ends: [Int32] = [-1, -1]
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        guard socketpair(AF_UNIX, Int32(kind), 0, &ends) == 0 else {
            throw FileError(.open, path: "socketpair", code: errno)
        }
        sleeper = ends[0]
        waker = ends[1]
    }

    deinit {
        close(sleeper)
        close(waker)
    }

    /// Ends the present wait, or the next one. Safe from any thread.
    public func wake() {
        // A full socket wakes as well, and SIGPIPE must not end the process.
        send(waker, [1], 1, Int32(MSG_NOSIGNAL))
    }

    /// Sleeps until an inbox has events, the deadline on the monotonic clock is reached, or someone wakes it.
    ///
    /// Returns whether it was woken.
    public func wait(for intakes: [InboxIntake], until deadline: Double) -> Bool {
        var polled = [pollfd(fd: sleeper, events: Int16(POLLIN), revents: 0)]
        for intake in intakes {
            if let descriptor = intake.descriptor {
                polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
            }
        }
        while poll(&polled, nfds_t(polled.count), Self.milliseconds(until: deadline)) < 0, errno == EINTR {}
        guard polled[0].revents != 0 else { return false }
        drain()
        return true
    }

    private func drain() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while recv(sleeper, &bytes, bytes.count, 0) > 0 {}
    }

    /// Rounded up, so that the deadline is over when the wait is; -1 waits without end.
    private static func milliseconds(until deadline: Double) -> Int32 {
        let remaining = (deadline - Monotonic.now()) * 1000
        guard remaining > 0 else { return 0 }
        return remaining >= Double(Int32.max) ? (deadline == .infinity ? -1 : .max) : Int32(remaining.rounded(.up))
    }
}
