import ArgumentParser
import Glibc
import Synchronization

/// Signals that ask the process to end: noticed between two pieces of work, so that half a file is cleared away.
enum Interruption {
    private static let received = Atomic<Int32>(0)

    static func watch() {
        _ = received.load(ordering: .relaxed)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in Interruption.received.store(number, ordering: .relaxed) }
        }
    }

    /// Throws once such a signal has come, with the code that a shell would report.
    static func check() throws(FileFailure) {
        let number = received.load(ordering: .relaxed)
        guard number != 0 else { return }
        throw FileFailure(message: "stopped; nothing was written", code: ExitCode(128 + number))
    }
}
