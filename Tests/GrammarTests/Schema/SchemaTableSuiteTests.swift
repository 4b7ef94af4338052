import Foundation
import JSONSchema
import TestSupport
import Testing

@testable import Grammar

/// The schemas of the JSON Schema test suite beside the repository.
private enum SuiteSchemas {
    static let path = Repository.path("../shared/corpora/json-schema-test-suite")
    static let isPresent = FileManager.default.fileExists(atPath: path + "/tests/draft2020-12")

    static let options = SchemaTableOptions(resolver: { uri in
        let prefix = "http://localhost:1234/"
        guard uri.hasPrefix(prefix) else { return nil }
        return try JSONValue(parsing: Repository.bytes(of: path + "/remotes/" + uri.dropFirst(prefix.count)))
    })

    /// The schemas of all test groups in a folder, with a name for messages.
    static func schemas(in folder: String) throws -> [(name: String, schema: JSONValue)] {
        let folder = path + "/tests/" + folder
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        return try files.sorted().flatMap { file in
            let groups = try JSONValue(parsing: Repository.bytes(of: folder + "/" + file)).arrayValue ?? []
            return groups.compactMap { group in
                group["schema"].map { ("\(file): \(group["description"]?.stringValue ?? "")", $0) }
            }
        }
    }
}

@Suite(.enabled(if: SuiteSchemas.isPresent, "the JSON Schema test suite is not beside the repository"))
struct SchemaTableSuiteTests {
    @Test(arguments: ["draft2020-12", "draft2020-12/optional", "draft2020-12/optional/format"])
    func everySchemaIsRead(folder: String) throws {
        let schemas = try SuiteSchemas.schemas(in: folder)
        #expect(schemas.count >= 10)
        for (name, schema) in schemas {
            do {
                let table = try SchemaTable(schema, options: SuiteSchemas.options)
                #expect(!table.nodes.isEmpty, "\(name)")
            } catch {
                Issue.record("\(name): \(error)")
            }
        }
    }

    @Test func everyRemoteSchemaIsRead() throws {
        let folder = SuiteSchemas.path + "/remotes/draft2020-12"
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        #expect(files.count > 10)
        for file in files {
            let schema: JSONValue = ["$ref": .string("http://localhost:1234/draft2020-12/" + file)]
            #expect(throws: Never.self, "\(file)") { try SchemaTable(schema, options: SuiteSchemas.options) }
        }
    }
}
