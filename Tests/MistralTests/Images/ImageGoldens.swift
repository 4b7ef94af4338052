import JSONSchema
import TestSupport

/// The image part of the reference package, made by mistral-common.
enum ImageGoldens {
    struct Failure: Error {
        let reason: String
    }

    static func bytes(_ name: String) throws -> [UInt8] { try Repository.bytes(of: path(name)) }

    static func path(_ name: String) -> String { Repository.reference("images/" + name) }

    static func cases(_ name: String) throws -> [JSONValue] {
        guard let cases = try JSONValue(parsing: bytes(name))["cases"]?.arrayValue, !cases.isEmpty else {
            throw Failure(reason: "\(name) has no cases")
        }
        return cases
    }

    /// A pair or triple of integers under `key`.
    static func integers(_ value: JSONValue, _ key: String) throws -> [Int] {
        guard let numbers = value[key]?.arrayValue else { throw Failure(reason: "\(key) is missing") }
        return numbers.compactMap(\.intValue)
    }
}
