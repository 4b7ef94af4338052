import Glibc
import Logging

/// Writes one line for each message: time, level, message, key=value.
public struct PlainLogHandler: LogHandler {
    public var logLevel = Logger.Level.info
    public var metadata = Logger.Metadata()
    public var metadataProvider: Logger.MetadataProvider?

    private let output: LineOutput
    private let isCaptured: Bool

    /// - Parameters:
    ///   - isCaptured: the journal reads the lines: it knows the time, and takes the level from a number in front;
    ///     sd-daemon(3).
    ///   - descriptor: where to write; it stays the caller's.
    public init(isCaptured: Bool, descriptor: Int32 = STDERR_FILENO) {
        self.isCaptured = isCaptured
        output = LineOutput(descriptor: descriptor)
    }

    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = isCaptured ? "<\(event.level.priority)>" : "\(Timestamp.now()) "
        line += event.level.rawValue + " " + PlainText.harmless("\(event.message)")
        for (key, value) in LogFields.metadata(event, of: self) {
            line += " \(PlainText.harmless(key))=\(PlainText.value("\(value)"))"
        }
        output.write(line)
    }
}

/// Text for a terminal.
enum PlainText {
    /// Without characters that move the cursor, change its colour, or the direction of text.
    static func harmless(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar.value {
            case 0x0A: result += "\\n"
            case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// In quotes where the end would not be clear.
    static func value(_ text: String) -> String {
        let harmless = harmless(text)
        guard harmless.isEmpty || harmless.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else {
            return harmless
        }
        return "\"" + harmless.replacing("\"", with: "\\\"") + "\""
    }
}
