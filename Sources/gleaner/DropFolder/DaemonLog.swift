import DropFolder
import Extraction
import Logging
import SystemService

/// Events of the service as log lines with fields.
struct DaemonLog: Sendable {
    private let logger: Logger

    init(_ logger: Logger) {
        self.logger = logger
    }

    static func logger(_ log: DropFolderConfiguration.Log) -> Logger {
        let format = LogFormat(rawValue: log.format.rawValue) ?? .auto
        let level = Logger.Level(rawValue: log.level.rawValue) ?? .info
        return Logger(label: "gleaner") { _ in
            format.handler(identifier: "gleaner", level: level, environment: ProcessEnvironment.variables)
        }
    }

    /// For libraries that tell more than anyone wants to know.
    static let quiet = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }

    func note(_ event: DaemonEvent) {
        switch event {
        case .captured(let note): logger.debug("taken", metadata: fields(note))
        case .duplicate(let note): logger.info("same bytes as before: not read again", metadata: fields(note))
        case .started(let note): logger.debug("begun", metadata: fields(note))
        case .progress: break
        case .extracted(let note, let pages, let tokens, let seconds):
            logger.debug(
                "read",
                metadata: fields(note).merging(
                    [
                        "pages": "\(pages)", "prompt_tokens": "\(tokens.prompt)",
                        "generated_tokens": "\(tokens.generated)", "seconds": "\(rounded(seconds.total))",
                    ], uniquingKeysWith: { $1 }))
        case .done(let note, let record, let sourceLeft):
            logger.info("done", metadata: fields(note, ["record": "\(record)"]))
            warn(note, sourceLeft)
        case .failed(let note, let failure, let sourceLeft):
            logger.warning(
                "failed: \(failure.message)",
                metadata: fields(note, ["code": "\(failure.code)", "what_to_do": "\(failure.remedy)"]))
            warn(note, sourceLeft)
        case .postponed(let note, let reason, let seconds):
            logger.warning(
                "waits for the engine: \(reason)", metadata: fields(note, ["again_in_seconds": "\(rounded(seconds))"]))
        case .circuitOpened(let engine, let failures):
            logger.error(
                "the engine fails again and again", metadata: ["engine": "\(engine)", "failures": "\(failures)"])
        case .circuitClosed(let engine): logger.notice("the engine answers again", metadata: ["engine": "\(engine)"])
        case .paused(let component, let reason):
            logger.error("paused: \(reason)", metadata: ["component": "\(component)"])
        case .resumed(let component): logger.notice("goes on", metadata: ["component": "\(component)"])
        case .warning(let text): logger.notice("\(text)")
        case .detail(let text): logger.debug("\(text)")
        }
    }

    private func warn(_ note: DocumentNote, _ sourceLeft: Bool) {
        guard sourceLeft else { return }
        logger.warning("the source cannot be moved and stays in the inbox", metadata: fields(note))
    }

    private func fields(_ note: DocumentNote, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        ["id": "\(note.id)", "inbox": "\(note.inbox)", "file": "\(note.path)"].merging(more) { $1 }
    }

    private func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
