import Foundation
import JSONSchema
import TestSupport

/// The JSON Schema test suite beside the repository, for those who have it.
enum SchemaTestSuite {
    static let path = Repository.path("../shared/corpora/json-schema-test-suite")
    static let isPresent = FileManager.default.fileExists(atPath: path + "/tests/draft2020-12")

    /// A group of tests that share a schema.
    struct Group: Sendable {
        let file: String
        let description: String
        let schema: JSONValue
        let tests: [(description: String, instance: JSONValue, isValid: Bool)]
    }

    /// The drafts that are there, with the folders of their tests.
    static let drafts: [(folder: String, dialect: SchemaDialect)] = [
        ("draft4", .draft4), ("draft6", .draft6), ("draft7", .draft7), ("draft2019-09", .draft2019),
        ("draft2020-12", .draft2020),
    ].filter { FileManager.default.fileExists(atPath: path + "/tests/" + $0.0) }

    /// All groups in the JSON files of a folder, those below it left out.
    static func groups(in folder: String) throws -> [Group] {
        let folder = path + "/tests/" + folder
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        return try files.sorted().flatMap { file in
            let groups = try JSONValue(parsing: Repository.bytes(of: folder + "/" + file)).arrayValue ?? []
            return groups.compactMap { group -> Group? in
                guard let schema = group["schema"], let description = group["description"]?.stringValue,
                    let tests = group["tests"]?.arrayValue
                else { return nil }
                return Group(
                    file: file, description: description, schema: schema,
                    tests: tests.compactMap { test in
                        guard let instance = test["data"], let isValid = test["valid"]?.boolValue else { return nil }
                        return (test["description"]?.stringValue ?? "", instance, isValid)
                    })
            }
        }
    }

    /// What the suite expects to be served from `http://localhost:1234/`.
    static let resolver: SchemaOptions.Resolver = { uri in
        let prefix = "http://localhost:1234/"
        guard uri.hasPrefix(prefix) else { return nil }
        return try Repository.bytes(of: path + "/remotes/" + uri.dropFirst(prefix.count))
    }

    /// One line for each test whose verdict is wrong, and the number of tests.
    static func failures(
        in folder: String, dialect: SchemaDialect, assertsFormats: Bool = false
    ) throws -> (lines: [String], testCount: Int) {
        let options = SchemaOptions(dialect: dialect, assertsFormats: assertsFormats, resolver: resolver)
        var lines: [String] = []
        var testCount = 0
        for group in try groups(in: folder) {
            testCount += group.tests.count
            let name = "\(folder)/\(group.file): \(group.description)"
            do {
                let validator = try SchemaValidator(schema: group.schema, options: options)
                for test in group.tests {
                    let violations = validator.validate(test.instance)
                    if violations.isEmpty != test.isValid || validator.isValid(test.instance) != test.isValid {
                        lines.append("\(name): \(test.description): \(violations)")
                    }
                }
            } catch {
                lines += group.tests.map { "\(name): \($0.description): \(error)" }
            }
        }
        return (lines, testCount)
    }
}
