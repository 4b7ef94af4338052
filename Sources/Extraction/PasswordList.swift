/// Passwords to try on encrypted documents, as a file has them: one a line.
public enum PasswordList {
    /// More would make every encrypted document slow: each is tried.
    public static let mostPasswords = 1000
    /// Larger files are none of passwords.
    public static let mostBytes = 1 << 20

    /// The passwords of a text, empty lines left out; nil where there are too many.
    public static func passwords(in text: [UInt8]) -> [String]? {
        // Some editors put a mark of the encoding first.
        let text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
        let lines = text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        guard lines.count <= mostPasswords else { return nil }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }
}
