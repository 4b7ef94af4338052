import DropFolder
import Extraction
import PageImages
import Synchronization

/// Models that are loaded, each once, however many inboxes and reloads use it.
final class EngineCache: Sendable {
    private let threads: Int?
    private let limits: PageLimits
    private let reader: PageReader
    private let engines = Mutex<[String: LocalEngine]>([:])

    /// - Parameter warn: told when nothing confines what parses documents, which the configuration must allow.
    init(_ configuration: DropFolderConfiguration, warn: (String) -> Void) throws(FileFailure) {
        threads = configuration.threads
        limits = configuration.limits.pageLimits
        reader = try .started(configuration.readerConfiguration, warn: warn)
    }

    @Sendable func engine(_ model: String?) throws(ExtractionError) -> any ExtractionEngine {
        let folder = try ModelFolder.named(model)
        if let engine = engines.withLock({ $0[folder.path] }) { return engine }
        let engine = try LocalEngine(model: folder, threads: threads, limits: limits, reader: reader)
        engines.withLock { $0[folder.path] = engine }
        return engine
    }
}
