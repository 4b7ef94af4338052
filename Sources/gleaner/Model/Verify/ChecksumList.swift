/// A file of SHA-256 sums as sha256sum(1) writes it: 64 hexadecimal digits, two blanks or a blank and an asterisk, a name.
struct ChecksumList {
    struct Entry {
        let sum: String
        /// Relative to the folder of the list.
        let name: String
    }

    let entries: [Entry]

    /// - Throws: for a line that is none of these, with its number.
    init(_ bytes: [UInt8], path: String) throws(FileFailure) {
        var entries: [Entry] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            guard let entry = Self.entry(line) else {
                throw FileFailure(
                    message: "\(path): line \(index + 1) is not a SHA-256 sum and the name of a file below the folder; "
                        + "make the list with sha256sum", code: .damagedDocument)
            }
            entries.append(entry)
        }
        guard !entries.isEmpty else {
            throw FileFailure(
                message: "\(path): there are no sums in it; make the list with sha256sum", code: .emptyFile)
        }
        self.entries = entries
    }

    private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
        let digits = line.prefix(64)
        let rest = line.dropFirst(64)
        guard digits.count == 64, digits.allSatisfy(isHexadecimal), rest.first == UInt8(ascii: " "),
            let mark = rest.dropFirst().first, mark == UInt8(ascii: " ") || mark == UInt8(ascii: "*"),
            let name = String(validating: rest.dropFirst(2), as: UTF8.self), isInside(name)
        else { return nil }
        return Entry(sum: String(decoding: digits, as: UTF8.self).lowercased(), name: name)
    }

    /// Whether a name leads to nowhere but into the folder.
    private static func isInside(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/") && !name.utf8.contains(0) && !name.split(separator: "/").contains("..")
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
