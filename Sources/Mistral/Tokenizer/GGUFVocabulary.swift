import Tensors

/// The vocabulary in the metadata of a GGUF file: Tekken's byte strings, written in the alphabet of GPT-2.
struct GGUFVocabulary {
    private enum Key {
        static let model = "tokenizer.ggml.model"
        static let split = "tokenizer.ggml.pre"
        static let tokens = "tokenizer.ggml.tokens"
        static let types = "tokenizer.ggml.token_type"
        static let template = "tokenizer.chat_template"
    }

    /// Types of tokens, as GGUF numbers them.
    private enum TokenType {
        static let normal = 1
        static let unused = 5
    }

    let controlTokens: [String]
    let chatTemplate: String?
    private let path: String
    private let tokens: GGUFStrings
    /// Tokens without unused ones at the end.
    private let count: Int

    init(_ file: GGUFFile) throws(TekkenError) {
        let metadata = file.metadata
        func malformed(_ key: String, _ reason: String) -> TekkenError {
            .vocabulary(path: file.path, key: key, reason: reason)
        }
        func read<Value>(_ key: String, _ accessor: (String) throws(GGUFError) -> Value) throws(TekkenError) -> Value {
            do { return try accessor(key) } catch { throw malformed(key, "\(error)") }
        }
        for (key, expected) in [(Key.model, "gpt2"), (Key.split, "tekken")] {
            let found = try read(key, metadata.string)
            guard found == expected else {
                throw malformed(key, "\"\(found)\" is not \"\(expected)\": it is another tokenizer")
            }
        }
        let tokens = try read(Key.tokens, metadata.strings)
        let types = try read(Key.types, metadata.integers)
        guard types.count == tokens.count else {
            throw malformed(Key.types, "\(types.count) types of \(tokens.count) tokens")
        }
        let count = (types.lastIndex { $0 != TokenType.unused } ?? -1) + 1
        let controls = types.prefix { $0 != TokenType.normal }.count
        guard controls > 0, count >= controls + 256 else {
            throw malformed(Key.tokens, "there are no control tokens, or not all single bytes behind them")
        }
        if let index = types[controls..<count].firstIndex(where: { $0 != TokenType.normal }) {
            throw malformed("\(Key.types)[\(index)]", "a token of type \(types[index]) among byte strings")
        }
        controlTokens = tokens.prefix(controls).map(\.self)
        guard Set(controlTokens).count == controls else {
            throw malformed(Key.tokens, "a control token is there twice")
        }
        chatTemplate = metadata.contains(Key.template) ? try read(Key.template, metadata.string) : nil
        path = file.path
        self.tokens = tokens
        self.count = count
    }

    /// Byte strings by rank.
    func table() throws(TekkenError) -> TokenTable {
        var table = TokenTable(capacity: count - controlTokens.count)
        var token: [UInt8] = []
        for id in controlTokens.count..<count {
            func malformed(_ reason: String) -> TekkenError {
                .vocabulary(path: path, key: "\(Key.tokens)[\(id)]", reason: reason)
            }
            let rank = id - controlTokens.count
            token.removeAll(keepingCapacity: true)
            guard Self.append(tokens.utf8(id), to: &token), !token.isEmpty else {
                throw malformed("not a byte string in the alphabet of GPT-2")
            }
            if rank < 256, token != [UInt8(rank)] {
                throw malformed("the first 256 tokens behind the control tokens must be the single bytes")
            }
            if let earlier = table.append(token) {
                throw malformed("same bytes as token \(earlier + controlTokens.count)")
            }
        }
        return table
    }

    /// Appends the bytes that a text in the alphabet stands for; false if it has other characters.
    private static func append(_ text: [UInt8], to output: inout [UInt8]) -> Bool {
        var index = 0
        while index < text.count {
            var scalar = Int(text[index])
            index += 1
            // All characters of the alphabet have one or two bytes of UTF-8.
            if scalar >= 0x80 {
                guard scalar & 0xE0 == 0xC0, index < text.count else { return false }
                scalar = (scalar & 0x1F) << 6 | Int(text[index] & 0x3F)
                index += 1
            }
            guard scalar < byteOfScalar.count, let byte = byteOfScalar[scalar] else { return false }
            output.append(byte)
        }
        return true
    }

    /// The byte that a character of the alphabet stands for: printable ones for themselves, all others in their order
    /// for the characters from U+0100 on.
    ///
    /// Source: Radford and others, "Language Models are Unsupervised Multitask Learners", 2019, and its code.
    private static let byteOfScalar: [UInt8?] = {
        let printable = [0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF]
        let others = (0...0xFF).filter { byte in !printable.contains { $0.contains(byte) } }
        var table = [UInt8?](repeating: nil, count: 0x100 + others.count)
        for byte in printable.joined() { table[byte] = UInt8(byte) }
        for (number, byte) in others.enumerated() { table[0x100 + number] = UInt8(byte) }
        return table
    }()
}
