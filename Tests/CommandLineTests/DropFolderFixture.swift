import Foundation
import JSONSchema
import TestSupport

/// A configuration, its folders and a small model.
final class DropFolderFixture: Sendable {
    let folder: TemporaryFolder
    let model: ReferenceModelFolder
    let configuration: String
    /// Short names for `ExtractCommandTests`' schema and the folders beside it.
    var inbox: String { folder.path + "/inbox" }

    init(_ more: String = "") throws {
        folder = try TemporaryFolder()
        model = try ReferenceModelFolder()
        try folder.write("schema.json", wordSchema)
        configuration = try folder.write("gleaner.yaml", [])
        try write(more)
        try FileManager.default.createDirectory(atPath: folder.path + "/inbox", withIntermediateDirectories: true)
    }

    /// Writes the configuration anew.
    func write(_ more: String, schema: String = "schema.json") throws {
        let text = """
            state: state
            pause_seconds: 0.5
            inboxes:
              - path: inbox
                schema: \(schema)
                records: records
                done: done
                failed: failed
                quiet_seconds: 0.1
                rescan_seconds: 1
            \(more)
            """
        try folder.write("gleaner.yaml", Array(text.utf8))
    }

    func drop(_ fixtures: String...) throws {
        for name in fixtures {
            try FileManager.default.copyItem(atPath: fixture(name), toPath: inbox + "/" + name)
        }
    }

    /// Runs a command with this configuration.
    func run(_ arguments: String...) async throws -> GleanerCommand {
        try await GleanerCommand.run(arguments + ["--config", configuration], model: model.path)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.path + "/" + name) }

    func json(_ name: String) throws -> JSONValue {
        try JSONValue(parsing: Repository.bytes(of: folder.path + "/" + name))
    }
}
