import Foundation
import Synchronization

/// Keeps the case that runs in a file, and ends the process when one step of it takes too long.
///
/// A step may take a second of processor time (others may use the machine) or half a minute of the clock.
final class Watchdog: Sendable {
    private struct State {
        var step = ""
        var clock = 0.0
        var processor = 0.0
        var isRunning = false
    }

    private static let processorLimit = 1.0
    private static let clockLimit = 30.0

    private let path: String
    private let state = Mutex(State())

    init(path: String) { self.path = path }

    /// Begins to watch, on a thread of its own.
    func start() {
        let thread = Thread { [self] in
            while true {
                Thread.sleep(forTimeInterval: 0.05)
                check()
            }
        }
        thread.start()
    }

    /// A case begins: its text goes to the file, where it is found after a crash.
    func begin(_ fuzzCase: FuzzCase) {
        try? fuzzCase.description.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// The case goes on to this.
    func step(_ step: String) {
        let clock = Self.seconds(CLOCK_MONOTONIC)
        let processor = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
        state.withLock { $0 = State(step: step, clock: clock, processor: processor, isRunning: true) }
    }

    /// All is well: the file goes.
    func finish() {
        state.withLock { $0.isRunning = false }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Ends the process and says why; the file stays.
    func stop(_ reason: String) -> Never {
        state.withLock { $0.isRunning = false }
        print("\(reason)\nthe case is in \(path)")
        exit(1)
    }

    private func check() {
        let (clock, processor) = (Self.seconds(CLOCK_MONOTONIC), Self.seconds(CLOCK_PROCESS_CPUTIME_ID))
        let late = state.withLock { state -> String? in
            guard state.isRunning else { return nil }
            let isLate = processor - state.processor > Self.processorLimit || clock - state.clock > Self.clockLimit
            return isLate ? state.step : nil
        }
        if let late { stop("took too long: \(late)") }
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
