import Glibc

/// The monitoring port cannot be opened.
public struct MonitoringError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Cause: Sendable {
        case notLoopback
        case portInUse
        case notPermitted
        case other
    }

    public let cause: Cause
    public let address: String
    public let port: Int
    let reason: String

    public var description: String { "monitoring on \(address), port \(port): \(reason)." }

    static func notLoopback(_ address: String, _ port: Int) -> MonitoringError {
        MonitoringError(
            cause: .notLoopback, address: address, port: port,
            reason: "this is not a loopback address; use 127.0.0.1 or ::1")
    }

    static func system(_ address: String, _ port: Int, code: Int32) -> MonitoringError {
        let (cause, remedy): (Cause, String) =
            switch code {
            case EADDRINUSE: (.portInUse, "choose another port, or stop the program that has it")
            case EACCES, EPERM: (.notPermitted, "choose a port above 1023")
            case EADDRNOTAVAIL: (.other, "use an address of this machine")
            default: (.other, "check the address and the network of this machine")
            }
        let reason = "\(String(cString: strerror(code))); \(remedy)"
        return MonitoringError(cause: cause, address: address, port: port, reason: reason)
    }
}
