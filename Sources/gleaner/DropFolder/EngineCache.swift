import Extraction
import PageImages
import Synchronization

/// Models that are loaded, each once, however many inboxes and reloads use it.
final class EngineCache: Sendable {
    private let threads: Int?
    private let limits: PageLimits
    private let engines = Mutex<[String: LocalEngine]>([:])

    init(threads: Int?, limits: PageLimits) {
        self.threads = threads
        self.limits = limits
    }

    @Sendable func engine(_ model: String?) throws(ExtractionError) -> any ExtractionEngine {
        let folder = try ModelFolder(
            model: model, environment: ProcessEnvironment.variables, executable: ProcessEnvironment.executable)
        if let engine = engines.withLock({ $0[folder.path] }) { return engine }
        let engine = try LocalEngine(model: folder, threads: threads, limits: limits)
        engines.withLock { $0[folder.path] = engine }
        return engine
    }
}
