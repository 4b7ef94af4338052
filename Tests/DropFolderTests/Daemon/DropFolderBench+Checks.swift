import DropFolder
import Files
import Foundation
import JSONSchema
import Testing

extension DropFolderBench {
    func ledger() throws -> Ledger { try Ledger(readingFrom: state + "/ledger.sqlite") }

    func audit(_ configuration: DropFolderConfiguration? = nil) throws -> AuditReport {
        try Audit(configuration ?? self.configuration, ledger: ledger()).run()
    }

    /// Everything is where the ledger says, and nothing is left to do.
    func expectAllClosed(
        done: Int, failed: Int = 0, _ configuration: DropFolderConfiguration? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let report = try audit(configuration)
        #expect(report.gaps == [], sourceLocation: sourceLocation)
        #expect(report.done == done, sourceLocation: sourceLocation)
        #expect(report.failed == failed, sourceLocation: sourceLocation)
        #expect(report.inWork + report.waiting + report.strangers == 0, sourceLocation: sourceLocation)
        #expect(try Files.names(in: state + "/spool") == [], sourceLocation: sourceLocation)
    }

    /// The hash that a record of the test engine names.
    func recordedHash(_ record: String) throws -> String? { try json(records + "/" + record)["sha256"]?.stringValue }

    func errorCode(_ error: String) throws -> String? { try json(failed + "/" + error)["code"]?.stringValue }

    var pausedComponents: Set<String> {
        Set(
            events.all.compactMap { event in
                if case .paused(let component, _) = event { component } else { nil }
            })
    }
}

/// Holds an engine back until the test lets it go on.
final class Gate: Sendable {
    private let isReached = FlagBox()
    private let isOpen = FlagBox()

    var wasReached: Bool { isReached.value }

    func open() { isOpen.set() }

    /// Called by the engine; gives up after a minute, so that a failed test ends.
    func wait() {
        isReached.set()
        let end = ContinuousClock.now + .seconds(60)
        while !isOpen.value, ContinuousClock.now < end { usleep(2000) }
    }
}

extension DropFolderBench {
    /// Arrivals that were told to be done or failed.
    var closed: Int {
        events.all.count { event in
            switch event {
            case .done, .failed: true
            default: false
            }
        }
    }

    var pauses: [String] {
        events.all.compactMap { event in
            if case .paused(let component, let reason) = event { "\(component): \(reason)" } else { nil }
        }
    }

    /// The same daemon as a process of its own.
    ///
    /// - Parameters:
    ///   - settings: more lines of the configuration.
    ///   - inboxSettings: more lines of its inbox.
    func process(
        _ arguments: [String] = [], environment: [String: String] = [:], settings: String = "stop_seconds: 5",
        inboxSettings: String = ""
    ) throws -> TestDaemonProcess {
        let text = """
            state: \(state)
            pause_seconds: 0.2
            \(settings)
            inboxes:
              - path: \(inbox)
                schema: schema.json
                records: \(records)
                done: \(done)
                failed: \(failed)
                quiet_seconds: 0.1
                rescan_seconds: 1
                \(inboxSettings)
            """
        let path = try root.write("gleaner.yaml", Array(text.utf8))
        return try TestDaemonProcess(
            [path, "--log", inferenceLog] + arguments, output: root.path + "/output", environment: environment)
    }
}
