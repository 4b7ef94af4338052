import JSONSchema
import Tensors

extension TekkenTokenizer {
    /// The largest file that is read, in bytes; the released tokenizer file is several times smaller.
    private static let longestFile = 128 << 20

    /// Reads a tekken.json file.
    ///
    /// - Throws: `TekkenError`, naming the entry of the file that is wrong.
    public init(contentsOfFile path: String) throws(TekkenError) {
        let bytes: [UInt8]
        do {
            bytes = try MemoryMappedFile.contents(of: path, limit: Self.longestFile)
        } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        try self.init(json: bytes)
    }

    /// Reads the bytes of a tekken.json file.
    ///
    /// Ranks beyond the vocabulary size of `config` are ignored. The image settings may stand under `image` or
    /// `multimodal`.
    ///
    /// - Throws: `TekkenError`, naming the entry of the file that is wrong.
    public init(json bytes: [UInt8]) throws(TekkenError) {
        let root: JSONValue
        do {
            root = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(reason: "\(error)")
        }
        let document = TekkenEntry(value: root, path: "")
        let config = try TekkenConfiguration(document.entry("config"))
        let specialTokens = try Self.readSpecialTokens(document, config: config)
        let table = try Self.readVocabulary(document.entry("vocab"), config: config)
        self.init(
            table: table, specialTokens: specialTokens, version: config.version,
            imageSettings: try Self.readImageSettings(document))
    }

    /// Names by id; ids without an entry get the filler names of the reference implementation. Files up to v7 may have
    /// no list.
    private static func readSpecialTokens(
        _ document: TekkenEntry, config: TekkenConfiguration
    ) throws(TekkenError) -> [String] {
        if [.v3, .v7].contains(config.version), try document.optionalEntry("special_tokens") == nil {
            let names = ControlToken.firstNames.prefix(config.specialTokenCount)
            return names + (names.count..<config.specialTokenCount).map { "<SPECIAL_\($0)>" }
        }
        let list = try document.entry("special_tokens")
        let elements = try list.elements()
        guard elements.count <= config.specialTokenCount else {
            throw list.malformed(
                "\(elements.count) entries, but config.default_num_special_tokens is \(config.specialTokenCount)")
        }
        var names = [String?](repeating: nil, count: config.specialTokenCount)
        var seen: Set<String> = []
        for index in elements.indices {
            let element = TekkenEntry(value: elements[index], path: "\(list.path)[\(index)]")
            let rank = try element.entry("rank")
            let id = try rank.integer()
            guard names.indices.contains(id), names[id] == nil else {
                throw rank.malformed("\(id) is given twice or not below \(config.specialTokenCount)")
            }
            let name = try element.entry("token_str")
            names[id] = try name.string()
            guard seen.insert(try name.string()).inserted else { throw name.malformed("the name is given twice") }
        }
        var result: [String] = []
        for (id, name) in names.enumerated() {
            let name = name ?? "<SPECIAL_\(id)>"
            if names[id] == nil, !seen.insert(name).inserted {
                throw list.malformed("\(name) is given under another rank than \(id)")
            }
            result.append(name)
        }
        return result
    }

    private static func readVocabulary(
        _ list: TekkenEntry, config: TekkenConfiguration
    ) throws(TekkenError) -> TokenTable {
        let elements = try list.elements()
        let count = config.vocabularySize - config.specialTokenCount
        guard elements.count >= count else {
            throw list.malformed(
                "\(elements.count) entries, but \(count) are needed for config.default_vocab_size "
                    + "\(config.vocabularySize) with \(config.specialTokenCount) special tokens")
        }
        var table = TokenTable(capacity: count)
        var token: [UInt8] = []
        for index in 0..<count {
            let element = elements[index]
            guard element["rank"]?.intValue == index else {
                throw .malformed(entry: "vocab[\(index)].rank", reason: "expected \(index), ranks must be in order")
            }
            token.removeAll(keepingCapacity: true)
            guard let text = element["token_bytes"]?.stringValue, Base64.decode(text, into: &token), !token.isEmpty
            else {
                throw .malformed(entry: "vocab[\(index)].token_bytes", reason: "expected a base64 string of bytes")
            }
            if index < 256, token != [UInt8(index)] {
                throw .malformed(
                    entry: "vocab[\(index)].token_bytes", reason: "the first 256 tokens must be the single bytes")
            }
            if let earlier = table.append(token) {
                throw .malformed(entry: "vocab[\(index)].token_bytes", reason: "same bytes as vocab[\(earlier)]")
            }
        }
        return table
    }

    private static func readImageSettings(_ document: TekkenEntry) throws(TekkenError) -> TekkenImageSettings? {
        for key in ["image", "multimodal"] {
            guard let settings = try document.optionalEntry(key) else { continue }
            return TekkenImageSettings(
                patchSize: try settings.entry("image_patch_size").integer(in: 1...4096),
                maximumImageSize: try settings.entry("max_image_size").integer(in: 1...65536),
                spatialMergeSize: try settings.optionalEntry("spatial_merge_size")?.integer(in: 1...64) ?? 1)
        }
        return nil
    }
}
