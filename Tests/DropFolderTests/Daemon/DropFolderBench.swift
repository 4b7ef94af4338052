import DropFolder
import Extraction
import Files
import Foundation
import JSONSchema
import Synchronization
import TestEngine
import TestSupport
import Testing

/// A drop folder of its own, with a test engine.
final class DropFolderBench: Sendable {
    let root: TemporaryFolder
    let inbox: String
    let records: String
    let done: String
    let failed: String
    let state: String
    /// One line for each inference begun.
    let inferenceLog: String
    let events = Events()

    init() throws {
        root = try TemporaryFolder()
        inbox = root.path + "/inbox"
        records = root.path + "/records"
        done = root.path + "/done"
        failed = root.path + "/failed"
        state = root.path + "/state"
        inferenceLog = root.path + "/inferences"
        try root.write("schema.json", Array(InstantEngine.schema.utf8))
        for folder in [inbox, state] { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    }

    /// Quick to take a file, and quick to try again.
    var configuration: DropFolderConfiguration {
        var inbox = InboxConfiguration(
            path: inbox, schema: root.path + "/schema.json", records: records, done: done, failed: failed)
        inbox.quietSeconds = 0.1
        inbox.rescanSeconds = 1
        var configuration = DropFolderConfiguration(state: state, inboxes: [inbox])
        configuration.pauseSeconds = 0.2
        configuration.stopSeconds = 5
        configuration.engineRetry.firstSeconds = 0.05
        configuration.engineRetry.mostSeconds = 0.2
        return configuration
    }

    /// Writes a file. Processes that other tests start meanwhile do not keep it open: it would count as not finished.
    func drop(_ name: String, _ bytes: [UInt8], in folder: String? = nil) throws {
        let path = (folder ?? inbox) + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(bytes))
    }

    var behaviour: InstantEngine.Behaviour {
        var behaviour = InstantEngine.Behaviour()
        behaviour.log = inferenceLog
        return behaviour
    }

    /// Makes a daemon.
    func daemon(
        _ configuration: DropFolderConfiguration? = nil, options: DropFolderDaemon.Options = .init(),
        behaviour: InstantEngine.Behaviour? = nil
    ) throws -> DropFolderDaemon {
        let engine = InstantEngine(behaviour ?? self.behaviour)
        return try DropFolderDaemon(
            configuration ?? self.configuration, options: options, engine: { _ in engine }, tell: events.add)
    }

    /// Works off what is in the inbox.
    func drain(_ configuration: DropFolderConfiguration? = nil, behaviour: InstantEngine.Behaviour? = nil) async throws {
        var options = DropFolderDaemon.Options()
        options.isDrain = true
        let daemon = try daemon(configuration, options: options, behaviour: behaviour)
        try await DropFolderService(daemon).run()
        daemon.close()
    }

    /// Runs a daemon while `body` goes on.
    func watching(
        _ configuration: DropFolderConfiguration? = nil, behaviour: InstantEngine.Behaviour? = nil,
        _ body: (DropFolderDaemon) async throws -> Void
    ) async throws {
        let daemon = try daemon(configuration, behaviour: behaviour)
        let running = Task { try await DropFolderService(daemon).run() }
        do {
            try await body(daemon)
        } catch {
            daemon.stop()
            _ = try? await running.value
            throw error
        }
        daemon.stop()
        try await running.value
        daemon.close()
    }

    var inferences: [Substring] {
        (try? String(contentsOfFile: inferenceLog, encoding: .utf8))?.split(separator: "\n") ?? []
    }

    /// Relative paths of all files below a folder, sorted; the marker of the inbox left out.
    func files(in folder: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return all.filter { name in
            (try? Files.isRegularFile(folder + "/" + name)) == true && !name.hasSuffix(".gleaner-inbox")
        }.sorted()
    }

    func json(_ path: String) throws -> JSONValue { try JSONValue(parsing: Repository.bytes(of: path)) }
}

/// What a daemon told.
final class Events: Sendable {
    private let events = Mutex<[DaemonEvent]>([])

    @Sendable func add(_ event: DaemonEvent) { events.withLock { $0.append(event) } }

    var all: [DaemonEvent] { events.withLock(\.self) }
}

/// Waits for something to become true; a test that waits in vain fails with `what`.
///
/// Looks often enough, too: on a busy machine the time can be over before the daemon had its turn.
func eventually(_ what: Comment, within seconds: Double = 60, _ condition: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    var looks = 0
    while ContinuousClock.now < end || looks < 200 {
        if try condition() { return }
        looks += 1
        try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try condition(), what)
}
