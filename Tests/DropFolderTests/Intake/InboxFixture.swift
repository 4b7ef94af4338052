import DropFolder
import Foundation
import Testing

/// A temporary inbox with a clock that the test moves.
final class InboxFixture {
    final class Clock {
        var seconds = 1000.0
    }

    /// Holds the inbox and whatever lies beside it.
    let base: String
    let inbox: String
    let clock = Clock()
    /// Versions that the ledger would have.
    var known: Set<Candidate> = []

    init() throws {
        base = NSTemporaryDirectory() + "intake-" + UUID().uuidString
        inbox = base + "/inbox"
        try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
    }

    deinit {
        umount2(inbox, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(atPath: base)
    }

    func intake(_ options: IntakeOptions = IntakeOptions(quietSeconds: 5)) -> InboxIntake {
        InboxIntake(inbox: 7, folder: inbox, options: options, clock: { [clock] in clock.seconds }) {
            path, identity in
            // Holds the fixture, and so the folder, as long as the intake.
            self.known.contains(Candidate(inbox: 7, path: path, identity: identity))
        }
    }

    func path(_ relative: String) -> String { inbox + "/" + relative }

    func makeFolder(_ relative: String) {
        #expect(mkdir(path(relative), 0o777) == 0)
    }

    func write(_ relative: String, _ text: String = "document") {
        InboxFixture.writeFile(path(relative), text)
    }

    func rename(_ source: String, to target: String) {
        #expect(Glibc.rename(path(source), path(target)) == 0)
    }
}

extension InboxFixture {
    /// Opened, written and closed, as a program that copies a file does.
    static func writeFile(_ path: String, _ text: String = "document") {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        #expect(descriptor >= 0)
        #expect(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
        close(descriptor)
    }

    /// A figure of the system, such as a limit; the largest number where there is none.
    static func systemFigure(_ path: String) -> Int {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? .max
    }

    /// A thread of a test, beside the one that owns the intake.
    final class Worker: @unchecked Sendable {
        private let lock = NSLock()
        private var isFinished = false

        init(_ work: @escaping @Sendable () -> Void) {
            Thread.detachNewThread {
                work()
                self.lock.withLock { self.isFinished = true }
            }
        }

        var isDone: Bool { lock.withLock { isFinished } }
    }
}

extension InboxIntake {
    var readyPaths: [String] { ready().map(\.path) }

    /// The paths that may be taken once the quiet time is over.
    func settle(_ fixture: InboxFixture) -> [String] {
        _ = poll()
        fixture.clock.seconds += options.quietSeconds
        _ = poll()
        return readyPaths
    }
}
