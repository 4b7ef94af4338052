import JSONSchema

/// The checked `config` entry of a Tekken file.
struct TekkenConfiguration {
    /// Bounds keep a damaged file from asking for unlimited memory.
    private static let largestVocabulary = 1 << 24
    private static let largestSpecialTokenCount = 1 << 16

    let version: TekkenVersion
    let vocabularySize: Int
    let specialTokenCount: Int

    init(_ config: TekkenEntry) throws(TekkenError) {
        let name = try config.entry("version").string()
        guard let version = TekkenVersion(rawValue: name) else { throw .unsupportedVersion(name) }
        self.version = version
        let pattern = try config.entry("pattern").string()
        guard pattern == PieceScanner.pattern else { throw .unsupportedPattern(pattern) }
        specialTokenCount = try config.entry("default_num_special_tokens")
            .integer(in: 1...Self.largestSpecialTokenCount)
        // At least the 256 single bytes must fit, else some texts could not be encoded.
        vocabularySize = try config.entry("default_vocab_size")
            .integer(in: (specialTokenCount + 256)...Self.largestVocabulary)
    }
}

/// A value in a Tekken file together with its path, for error messages.
struct TekkenEntry {
    let value: JSONValue
    let path: String

    func malformed(_ reason: String) -> TekkenError {
        .malformed(entry: path.isEmpty ? "the top level" : path, reason: reason)
    }

    /// The member `key`, which must be there.
    func entry(_ key: String) throws(TekkenError) -> TekkenEntry {
        guard let found = try optionalEntry(key) else { throw malformed("the entry \"\(key)\" is missing") }
        return found
    }

    /// The member `key`; nil if it is absent or null.
    func optionalEntry(_ key: String) throws(TekkenError) -> TekkenEntry? {
        guard let object = value.objectValue else { throw malformed("expected an object") }
        guard let member = object[key], member != .null else { return nil }
        return TekkenEntry(value: member, path: path.isEmpty ? key : "\(path).\(key)")
    }

    func elements() throws(TekkenError) -> [JSONValue] {
        guard let array = value.arrayValue else { throw malformed("expected an array") }
        return array
    }

    func string() throws(TekkenError) -> String {
        guard let string = value.stringValue else { throw malformed("expected a string") }
        return string
    }

    func integer() throws(TekkenError) -> Int {
        guard let integer = value.intValue else { throw malformed("expected an integer") }
        return integer
    }

    func integer(in range: ClosedRange<Int>) throws(TekkenError) -> Int {
        let integer = try integer()
        guard range.contains(integer) else {
            throw malformed("\(integer) is not in \(range.lowerBound)...\(range.upperBound)")
        }
        return integer
    }
}
