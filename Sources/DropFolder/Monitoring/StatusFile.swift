import Files
import Foundation
import JSONSchema

/// What a running service tells about itself in `STATE/status.json`, for `gleaner status`.
public struct StatusFile: Sendable {
    /// Whole seconds since 1970.
    public var writtenAt: Int
    public var process: Int
    /// By component.
    public var problems: [String: String]
    /// Files that wait in each inbox, by its name.
    public var waiting: [String: Int]
    public var inWork: Int
    /// Since the service started.
    public var done: Int
    public var failed: Int
    public var pages: Int

    private var path = ""

    public static func path(state: String) -> String { "\(state)/status.json" }
}

extension StatusFile {
    public init(_ daemon: DropFolderDaemon, _ metrics: DaemonMetrics) {
        let queues = daemon.queues
        let totals = metrics.totals
        self.init(
            writtenAt: Int(Date.now.timeIntervalSince1970), process: Int(getpid()),
            problems: daemon.health.problems, waiting: queues.inboxes.mapValues(\.waitingFiles), inWork: queues.inWork,
            done: totals.doneInAll, failed: totals.failedInAll, pages: totals.pages,
            path: Self.path(state: daemon.configuration.state))
    }

    /// nil when there is none, or none that can be read.
    public init?(state: String) {
        guard let bytes = try? Files.read(Self.path(state: state), limit: 1 << 20),
            let value = try? JSONValue(parsing: bytes)
        else { return nil }
        self.init(
            writtenAt: value["written_at"]?.intValue ?? 0, process: value["process"]?.intValue ?? 0,
            problems: Self.dictionary(value["problems"], \.stringValue),
            waiting: Self.dictionary(value["waiting"], \.intValue), inWork: value["in_work"]?.intValue ?? 0,
            done: value["done"]?.intValue ?? 0, failed: value["failed"]?.intValue ?? 0,
            pages: value["pages"]?.intValue ?? 0, path: "")
    }

    private static func dictionary<Value>(
        _ value: JSONValue?, _ read: (JSONValue) -> Value?
    ) -> [String: Value] {
        var dictionary: [String: Value] = [:]
        for (key, member) in value?.objectValue?.members ?? [] { dictionary[key] = read(member) }
        return dictionary
    }

    /// Written over the one before; when that cannot be done, the old one stays and tells its age.
    public func write() {
        try? Data(value.serialized(pretty: true) + Array("\n".utf8)).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    public var value: JSONValue {
        [
            "written_at": .number(JSONNumber(writtenAt)),
            "process": .number(JSONNumber(process)),
            "problems": Self.object(problems) { .string($0) },
            "waiting": Self.object(waiting) { .number(JSONNumber($0)) },
            "in_work": .number(JSONNumber(inWork)),
            "done": .number(JSONNumber(done)),
            "failed": .number(JSONNumber(failed)),
            "pages": .number(JSONNumber(pages)),
        ]
    }

    private static func object<Value>(_ dictionary: [String: Value], _ value: (Value) -> JSONValue) -> JSONValue {
        .object(JSONObject(dictionary.sorted { $0.key < $1.key }.map { (key: $0.key, value: value($0.value)) }))
    }

    /// A few words on how it goes.
    public var line: String {
        var parts = ["\(done) done", "\(failed) failed", "\(inWork) in work", "\(waiting.values.reduce(0, +)) waiting"]
        parts += problems.keys.sorted().map { "paused: \($0)" }
        return parts.joined(separator: ", ")
    }
}
