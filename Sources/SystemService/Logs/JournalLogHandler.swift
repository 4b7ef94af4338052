import Glibc
import Logging

/// Writes to the systemd journal, each part of the metadata in a field of its own: `document` becomes
/// `GLEANER_DOCUMENT`.
///
/// The native protocol: https://systemd.io/JOURNAL_NATIVE_PROTOCOL.
public struct JournalLogHandler: LogHandler {
    public static let usualSocket = "/run/systemd/journal/socket"
    /// Longer values are cut: a datagram has to fit the socket's buffer, 200 KiB by default.
    private static let mostBytes = 48 << 10

    public var logLevel = Logger.Level.info
    public var metadata = Logger.Metadata()
    public var metadataProvider: Logger.MetadataProvider?

    private let socket: DatagramSocket
    private let identifier: String
    /// For what the journal does not take.
    private let fallback = PlainLogHandler(isCaptured: true)

    /// - Throws: `SocketAddressError` when the path is no address of a Unix socket.
    public init(identifier: String, socket path: String = usualSocket) throws(SocketAddressError) {
        socket = try DatagramSocket(path)
        self.identifier = identifier
    }

    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let required =
            Self.field("PRIORITY", "\(event.level.priority)") + Self.field("SYSLOG_IDENTIFIER", identifier)
            + Self.field("MESSAGE", "\(event.message)")
        let fields = LogFields.metadata(event, of: self).flatMap { Self.field(Self.name($0.key), "\($0.value)") }
        var failure = socket.send(required + fields)
        if failure == EMSGSIZE { failure = socket.send(required) }
        if failure != 0 { fallback.log(event: event) }
    }

    /// `NAME=value`, or the name, the length in 8 bytes and the value when that has line breaks.
    private static func field(_ name: String, _ value: String) -> [UInt8] {
        var bytes = Array(value.utf8)
        if bytes.count > mostBytes {
            bytes = Array(String(decoding: bytes[..<mostBytes], as: UTF8.self).utf8) + Array("… (cut)".utf8)
        }
        let newline = UInt8(ascii: "\n")
        guard bytes.contains(newline) else { return Array("\(name)=".utf8) + bytes + [newline] }
        let length = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
        return Array(name.utf8) + [newline] + length + bytes + [newline]
    }

    /// Capitals, digits and underscores, 64 at most.
    private static func name(_ key: String) -> String {
        let name = key.utf8.map { byte -> Character in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): Character(UnicodeScalar(byte - 32))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                Character(UnicodeScalar(byte))
            default: "_"
            }
        }
        return String(("GLEANER_" + String(name)).prefix(64))
    }
}
