import Foundation
import JSONSchema

/// What `NAME.error.json` says beside a document that failed.
enum ErrorRecord {
    static func bytes(_ failure: DocumentFailure, of work: Work, key: DocumentKey?, arrivedAt milliseconds: Int64) -> [UInt8] {
        var members: [(key: String, value: JSONValue)] = [
            ("code", .string(failure.code)),
            ("message", .string(failure.message)),
            ("what_to_do", .string(failure.remedy)),
            ("page", failure.page.map { .number(JSONNumber($0)) } ?? .null),
            ("file", .string(work.note.path)),
            ("inbox", .string(work.inbox.name)),
            ("id", .number(JSONNumber(Int(work.arrival)))),
            ("bytes", .number(JSONNumber(work.note.byteCount))),
            ("sha256", key.map { .string($0.sha256) } ?? .null),
            ("schema_sha256", key.map { .string($0.schema) } ?? .null),
            ("engine", key.map { .string($0.engine) } ?? .null),
            ("arrived", .string(Self.time(milliseconds))),
        ]
        // Kept for a person to look at: it is no result.
        if let partial = failure.partialRecord, let value = try? JSONValue(parsing: partial) {
            members.append(("partial_record", value))
        }
        return JSONValue.object(JSONObject(members)).serialized(pretty: true) + Array("\n".utf8)
    }

    /// ISO 8601 in UTC.
    static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).ISO8601Format()
    }
}
