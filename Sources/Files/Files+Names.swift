extension Files {
    /// The longest beginning of `name` of at most `byteCount` bytes of UTF-8; no character is cut apart.
    ///
    /// Linux allows 255 bytes in a name (NAME_MAX), eCryptfs 143.
    public static func shortened(_ name: String, toBytes byteCount: Int) -> String {
        guard name.utf8.count > byteCount else { return name }
        var kept = ""
        var count = 0
        for character in name {
            count += character.utf8.count
            guard count <= byteCount else { break }
            kept.append(character)
        }
        return kept
    }

    /// Whether a name is one that this module gives to a file it has not finished: `.NAME.RANDOM.part`.
    public static func isTemporaryName(_ name: String) -> Bool {
        let bytes = name.utf8
        let mark = bytes.suffix(22)
        return bytes.first == UInt8(ascii: ".") && bytes.count > 22 && mark.first == UInt8(ascii: ".")
            && mark.suffix(5).elementsEqual(".part".utf8)
            && mark.dropFirst().dropLast(5).allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    /// A name nobody else has, beside `path`, that fits wherever names of 143 bytes do.
    static func temporaryPath(for path: String) -> String {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? ""
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        let random = String(repeating: "0", count: 16 - digits.count) + digits
        return "\(folder(of: path))/.\(shortened(name, toBytes: 120)).\(random).part"
    }
}
