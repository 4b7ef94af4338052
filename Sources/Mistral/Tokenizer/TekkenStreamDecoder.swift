/// Turns ids into text as they are generated.
///
/// Holds back the bytes of a character that is not complete yet. All returned strings together are what
/// `TekkenTokenizer.decode` returns for all ids.
public struct TekkenStreamDecoder: Sendable {
    private let tokenizer: TekkenTokenizer
    private let policy: SpecialTokenPolicy
    /// Start of a character whose end has not come; at most 3 bytes between calls.
    private var pending: [UInt8] = []

    public init(_ tokenizer: TekkenTokenizer, specialTokens policy: SpecialTokenPolicy = .skip) {
        self.tokenizer = tokenizer
        self.policy = policy
    }

    /// Takes the next id and returns the text that is certain by now, often none or several characters.
    public mutating func append(_ id: Int) -> String {
        if tokenizer.isByteString(id) {
            pending.append(contentsOf: tokenizer.table.token(id - tokenizer.specialTokenCount))
            return takeText(holdingBack: Self.incompleteSuffixLength(of: pending))
        }
        let before = finish()
        guard let name = tokenizer.specialTokenName(id) else { return before + "\u{FFFD}" }
        return policy == .keep ? before + name : before
    }

    /// Ends the text: an incomplete character becomes U+FFFD.
    public mutating func finish() -> String { takeText(holdingBack: 0) }

    private mutating func takeText(holdingBack kept: Int) -> String {
        let end = pending.count - kept
        let text = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeFirst(end)
        return text
    }

    /// Length of the longest end of `bytes` that further bytes could complete to one character.
    private static func incompleteSuffixLength(of bytes: [UInt8]) -> Int {
        for length in 1...3 where length <= bytes.count {
            let lead = bytes[bytes.count - length]
            if lead & 0xC0 == 0x80 { continue }
            guard let sequenceLength = sequenceLength(lead: lead), length < sequenceLength else { return 0 }
            let second = length > 1 ? bytes[bytes.count - length + 1] : nil
            return second.map { isValid(second: $0, lead: lead) } ?? true ? length : 0
        }
        return 0
    }

    private static func sequenceLength(lead: UInt8) -> Int? {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// The second byte rules out overlong forms, surrogates and values above U+10FFFF (Unicode, table 3-7).
    private static func isValid(second: UInt8, lead: UInt8) -> Bool {
        switch lead {
        case 0xE0: second >= 0xA0
        case 0xED: second <= 0x9F
        case 0xF0: second >= 0x90
        case 0xF4: second <= 0x8F
        default: true
        }
    }
}
