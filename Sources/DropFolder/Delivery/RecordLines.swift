import JSONSchema

/// A delivered record as one line.
enum RecordLine {
    /// Of JSONL.
    ///
    /// `{"id":17,"inbox":"invoices","file":"a/b.pdf","sha256":"…","pages":2,"record":{…}}`; `id` is the arrival's in the ledger.
    static func jsonLine(
        arrival: Int64, inbox: String, path: String, sha256: String, pageCount: Int, record: JSONValue
    ) -> [UInt8] {
        let line: JSONValue = [
            "id": .number(JSONNumber(Int(arrival))),
            "inbox": .string(inbox),
            "file": .string(path),
            "sha256": .string(sha256),
            "pages": .number(JSONNumber(pageCount)),
            "record": record,
        ]
        return line.serialized() + Array("\n".utf8)
    }
}

/// The columns of a CSV of records (RFC 4180): `id`, `file`, and one for each property of a flat schema.
public struct CSVLayout: Sendable, Equatable {
    /// Names of the schema's properties, in the order of the schema.
    public let columns: [String]

    /// - Returns: nil unless the schema is flat: an object whose properties are all of plain types (string, number, integer,
    ///   boolean, null) or enumerations of such values.
    public init?(schema: JSONValue) {
        guard schema["type"]?.stringValue == "object", let properties = schema["properties"]?.objectValue,
            properties.members.allSatisfy({ Self.isPlain($0.value) })
        else { return nil }
        columns = properties.keys
    }

    private static func isPlain(_ schema: JSONValue) -> Bool {
        if let values = schema["enum"]?.arrayValue { return values.allSatisfy(\.isPlain) }
        if let value = schema["const"] { return value.isPlain }
        let types = schema["type"]?.arrayValue ?? schema["type"].map { [$0] } ?? []
        return !types.isEmpty && types.allSatisfy { type in
            ["string", "number", "integer", "boolean", "null"].contains(type.stringValue)
        }
    }

    var header: [UInt8] { Self.line(["id", "file"] + columns) }

    func line(arrival: Int64, path: String, record: JSONValue) -> [UInt8] {
        Self.line(["\(arrival)", path] + columns.map { record[$0].map(Self.cell) ?? "" })
    }

    private static func cell(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        default: String(decoding: value.serialized(), as: UTF8.self)
        }
    }

    /// Lines end in CR LF, as the RFC has it; a line break inside a quoted cell stays one.
    private static func line(_ cells: [String]) -> [UInt8] {
        Array((cells.map(quoted).joined(separator: ",") + "\r\n").utf8)
    }

    private static func quoted(_ cell: String) -> String {
        let special = cell.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard special else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}

extension JSONValue {
    fileprivate var isPlain: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
