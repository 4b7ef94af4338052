import Glibc

/// Wakes a thread that waits in poll(2), for good.
final class StopSignal: Sendable {
    /// Readable from the first `raise` on.
    let receiver: Descriptor
    private let sender: Descriptor

    /// nil with `errno` when no descriptors are left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            return nil
        }
        receiver = Descriptor(ends[0])
        sender = Descriptor(ends[1])
    }

    func raise() {
        // The end of the stream is readable.
        shutdown(sender.value, Int32(SHUT_WR))
    }
}
