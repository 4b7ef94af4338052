import Foundation
import JSONSchema
import TestSupport

/// What mutations start from: schemas with instances, and what is inside them.
struct FuzzSeeds: Sendable {
    private(set) var schemas: [(schema: JSONValue, instances: [JSONValue])] = []
    /// Schemas and those inside them, to be spliced in.
    private(set) var subschemas: [JSONValue] = []
    /// Instances and values inside them, to be spliced in.
    private(set) var fragments: [JSONValue] = []

    /// Pieces beyond these are left out: they take memory and add little.
    private static let maximumFragments = 200_000

    /// Reads files and folders; files that are neither JSON Lines of schemas nor files of the test suite add nothing.
    init(paths: [String]) throws {
        for path in paths {
            for file in Self.files(below: path) {
                let bytes = try Repository.bytes(of: file)
                if file.hasSuffix(".jsonl") {
                    for line in bytes.split(separator: UInt8(ascii: "\n")) { learn(line: Array(line)) }
                } else {
                    learn(line: bytes)
                }
            }
        }
    }

    private static func files(below path: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { return [path] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.sorted().filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".json") }.map { path + "/" + $0 }
    }

    private mutating func learn(line: [UInt8]) {
        guard let value = try? JSONValue(parsing: line) else { return }
        for group in value.arrayValue ?? [value] {
            guard let schema = group["schema"] else { continue }
            let instances = (group["tests"]?.arrayValue ?? []).compactMap { $0["data"] }
            schemas.append((schema, instances))
            collect(schema, at: .schema)
            for instance in instances { collect(instance, at: .value) }
        }
    }

    private mutating func collect(_ value: JSONValue, at place: SchemaPlace) {
        switch place {
        case .schema where subschemas.count < Self.maximumFragments: subschemas.append(value)
        case .value where fragments.count < Self.maximumFragments: fragments.append(value)
        case .operand: return
        default: break
        }
        for element in value.arrayValue ?? [] { collect(element, at: place.inside ?? .value) }
        for (key, member) in value.objectValue?.members ?? [] {
            collect(member, at: place.inside ?? SchemaPlace(keyword: key))
        }
    }
}
