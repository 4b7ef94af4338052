/// Which names in an inbox are not documents yet, or never.
public enum InboxNames {
    /// The marker that names the ledger an inbox belongs to.
    public static let marker = ".gleaner-inbox"

    /// Names that programs give to files they are still writing, compared without case.
    public static let temporarySuffixes = [".part", ".tmp", ".partial", "~", ".crdownload", ".download"]

    /// Whether a file or a folder of this name is passed over: hidden, or not finished.
    ///
    /// `~$` begins the lock files of office programs. A folder with a temporary name is passed over with all it holds,
    /// until it is renamed.
    public static func isIgnored(_ name: String) -> Bool {
        let bytes = name.utf8
        return bytes.first == UInt8(ascii: ".") || bytes.starts(with: "~$".utf8)
            || temporarySuffixes.contains { endsWithoutCase(bytes, $0.utf8) }
    }

    /// A name that is not UTF-8 made printable: other bytes than visible ASCII as `\xNN`.
    static func escaped(_ name: UnsafePointer<CChar>) -> String {
        var text = ""
        var next = name
        while next.pointee != 0 {
            let byte = UInt8(bitPattern: next.pointee)
            if (0x20..<0x7f).contains(byte), byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16)
                text += digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
            }
            next += 1
        }
        return text
    }

    /// `?` for characters that could break a line of a log or drive a terminal.
    static func onOneLine(_ path: String) -> String {
        String(
            String.UnicodeScalarView(
                path.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .lineSeparator, .paragraphSeparator: "?"
                    default: scalar
                    }
                }))
    }

    /// ASCII letters alone have two cases here: the suffixes are ASCII.
    private static func endsWithoutCase(_ name: String.UTF8View, _ suffix: String.UTF8View) -> Bool {
        name.count >= suffix.count
            && name.suffix(suffix.count).elementsEqual(suffix) { byte, expected in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 == expected : byte == expected
            }
    }
}
