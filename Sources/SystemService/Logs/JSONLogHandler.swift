import Glibc
import Logging

/// Writes one JSON object a line: `time`, `level`, `message`, and the metadata under `fields`.
public struct JSONLogHandler: LogHandler {
    public var logLevel = Logger.Level.info
    public var metadata = Logger.Metadata()
    public var metadataProvider: Logger.MetadataProvider?

    private let output: LineOutput

    /// - Parameter descriptor: where to write; it stays the caller's.
    public init(descriptor: Int32 = STDERR_FILENO) {
        output = LineOutput(descriptor: descriptor)
    }

    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let fields = LogFields.metadata(event, of: self)
        var line = "{\"time\":\"\(Timestamp.now())\",\"level\":\"\(event.level.rawValue)\","
        line += "\"message\":\(JSONText.string("\(event.message)"))"
        if !fields.isEmpty { line += ",\"fields\":" + JSONText.object(fields) }
        output.write(line + "}")
    }
}

/// Metadata as JSON, RFC 8259.
enum JSONText {
    static func object(_ fields: [(key: String, value: Logger.MetadataValue)]) -> String {
        "{" + fields.map { "\(string($0.key)):\(value($0.value))" }.joined(separator: ",") + "}"
    }

    private static func value(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): string(text)
        case .stringConvertible(let number as any FixedWidthInteger): "\(number)"
        case .stringConvertible(let number as Double) where number.isFinite: "\(number)"
        case .stringConvertible(let truth as Bool): "\(truth)"
        case .stringConvertible(let other): string("\(other)")
        case .array(let values): "[" + values.map(Self.value).joined(separator: ",") + "]"
        case .dictionary(let fields): object(fields.sorted { $0.key < $1.key })
        }
    }

    static func string(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "\"") { result, scalar in
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        } + "\""
    }
}
