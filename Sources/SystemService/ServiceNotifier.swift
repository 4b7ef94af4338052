import Glibc

/// Tells systemd how the service is doing: the protocol of sd_notify(3), without libsystemd.
///
/// Without `NOTIFY_SOCKET` in the environment every call does nothing.
public final class ServiceNotifier: Sendable {
    private let socket: DatagramSocket?

    /// A sign of life is expected this often at least: half of it is a good interval. nil: none is expected.
    public let watchdogInterval: Duration?

    /// - Parameter processID: of this process; the watchdog may be meant for another.
    /// - Throws: `SocketAddressError` when `NOTIFY_SOCKET` is no address of a Unix socket.
    public init(environment: [String: String], processID: Int32 = getpid()) throws(SocketAddressError) {
        if let address = environment["NOTIFY_SOCKET"], !address.isEmpty {
            socket = try DatagramSocket(address)
        } else {
            socket = nil
        }
        let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == processID } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogInterval = isMeant && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// Whether anyone listens.
    public var isConnected: Bool { socket != nil }

    /// Start or reload is complete.
    ///
    /// - Returns: here and below, whether the message was sent.
    @discardableResult
    public func ready(status: String? = nil) -> Bool { send(["READY=1"] + line(status)) }

    /// One line for `systemctl status`.
    @discardableResult
    public func status(_ text: String) -> Bool { send(line(text)) }

    /// A reload begins; `ready` ends it.
    @discardableResult
    public func reloading() -> Bool {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return send(["RELOADING=1", "MONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)"])
    }

    /// The stop begins.
    @discardableResult
    public func stopping(status: String? = nil) -> Bool { send(["STOPPING=1"] + line(status)) }

    /// A sign of life.
    @discardableResult
    public func watchdog() -> Bool { send(["WATCHDOG=1"]) }

    /// Asks for more time to start, reload or stop, from now on.
    @discardableResult
    public func extendTimeout(_ duration: Duration) -> Bool {
        let (seconds, attoseconds) = duration.components
        return send(["EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)"])
    }

    /// A line break would begin another assignment.
    private func line(_ status: String?) -> [String] {
        status.map { ["STATUS=" + String($0.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })] } ?? []
    }

    private func send(_ lines: [String]) -> Bool {
        socket?.send(Array(lines.joined(separator: "\n").utf8)) == 0
    }
}
