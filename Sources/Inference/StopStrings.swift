/// Texts that end an answer where it would come to hold one of them; they are no part of it.
public struct StopStrings: Hashable, Sendable {
    /// As OpenAI's API has it.
    public static let most = 4
    /// In bytes: what is held back of an answer while it is written stays small.
    public static let longest = 1024

    public let texts: [String]
    private let patterns: [[UInt8]]

    /// No stop strings.
    public init() {
        texts = []
        patterns = []
    }

    public init(_ texts: [String]) throws(ParameterError) {
        guard texts.count <= Self.most else {
            throw ParameterError(parameter: "stop", value: "\(texts.count) strings", range: "at most \(Self.most)")
        }
        for text in texts {
            guard (1...Self.longest).contains(text.utf8.count) else {
                throw ParameterError(
                    parameter: "stop", value: "a string of \(text.utf8.count) bytes",
                    range: "strings of 1 to \(Self.longest) bytes")
            }
        }
        self.texts = texts
        patterns = texts.map { Array($0.utf8) }
    }

    /// The stop string that the text comes to hold first as it is written byte by byte, the longest of several, and the
    /// offset of its first byte. So neither depends on how tokens divide the text.
    ///
    /// - Parameter start: bytes of the text that are known to end none.
    func first(in text: [UInt8], from start: Int) -> (text: String, offset: Int)? {
        guard !patterns.isEmpty, start < text.count else { return nil }
        for end in (start + 1)...text.count {
            let ended = patterns.indices.filter { text[..<end].ends(with: patterns[$0]) }
            guard let longest = ended.max(by: { patterns[$0].count < patterns[$1].count }) else { continue }
            return (texts[longest], end - patterns[longest].count)
        }
        return nil
    }

    /// How many bytes at the end of a text may be the beginning of a stop string: a reader is not shown them yet.
    func heldBack(from text: [UInt8]) -> Int {
        let longest = min(text.count, (patterns.map(\.count).max() ?? 1) - 1)
        guard longest > 0 else { return 0 }
        for count in stride(from: longest, to: 0, by: -1)
        where patterns.contains(where: { $0.count > count && $0.starts(with: text.suffix(count)) }) {
            return count
        }
        return 0
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with pattern: [UInt8]) -> Bool {
        count >= pattern.count && suffix(pattern.count).elementsEqual(pattern)
    }
}
