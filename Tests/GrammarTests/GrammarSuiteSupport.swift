import Foundation
import JSONSchema
import TestSupport

/// The JSON Schema test suite beside the repository, for those who have it.
enum JSONSchemaSuite {
    private static let path = Repository.path("../shared/corpora/json-schema-test-suite")
    static let isPresent = FileManager.default.fileExists(atPath: path + "/tests/draft2020-12")

    /// The required tests of a draft.
    static func files(_ draft: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = path + "/tests/" + draft
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted()
            .map { ($0, try Repository.bytes(of: folder + "/" + $0)) }
    }

    /// What the suite expects to be served from `http://localhost:1234/`.
    static func remote(_ uri: String) throws -> [UInt8]? {
        let prefix = "http://localhost:1234/"
        guard uri.hasPrefix(prefix) else { return nil }
        return try Repository.bytes(of: path + "/remotes/" + uri.dropFirst(prefix.count))
    }
}
