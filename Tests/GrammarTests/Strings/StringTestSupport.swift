@testable import Grammar

/// Random numbers that are the same in every run (SplitMix64).
struct StringGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func word(of alphabet: [UInt32], upTo length: Int) -> [UInt32] {
        (0..<Int.random(in: 0...length, using: &self)).map { _ in alphabet.randomElement(using: &self) ?? 0 }
    }
}

extension String {
    var codePoints: [UInt32] { unicodeScalars.map(\.value) }
}

extension StringAutomaton {
    func contains(_ text: String) -> Bool { contains(text.codePoints) }
}

/// All words over an alphabet up to a length, the shortest first.
func allWords(over alphabet: [UInt32], upTo length: Int) -> [[UInt32]] {
    var words: [[UInt32]] = [[]]
    var last = words
    for _ in 0..<length {
        last = last.flatMap { word in alphabet.map { word + [$0] } }
        words += last
    }
    return words
}

/// A text without surrogates, for messages.
func text(_ word: [UInt32]) -> String {
    String(String.UnicodeScalarView(word.compactMap(Unicode.Scalar.init)))
}

/// A place in the bytes of a string: between two code points, or inside one.
struct CharacterState: Hashable {
    enum Step: Hashable {
        case dead
        case inside(CharacterState)
        case scalar(UInt32)
        case end
    }

    static let boundary = CharacterState(prefix: nil)
    let prefix: CodePointPrefix?

    var isBoundary: Bool { prefix == nil }

    func step(_ byte: UInt8) -> Step {
        switch prefix?.next(byte) ?? CodePointPrefix.first(byte) {
        case .dead: .dead
        case .inside(let prefix): .inside(CharacterState(prefix: prefix))
        case .scalar(let scalar): .scalar(scalar)
        case .quote: .end
        }
    }

    var candidates: ScalarCandidates { prefix?.candidates ?? ScalarCandidates(0...0xD7FF, 0xE000...0x10FFFF) }

    func remainingCount(for scalar: UInt32) -> Int {
        prefix?.remainingCount(for: scalar) ?? CanonicalBytes.count(of: scalar)
    }

    func remainingBytes(for scalar: UInt32) -> [UInt8] {
        prefix.map { Array($0.remainingBytes(for: scalar)) } ?? Array(CanonicalBytes(of: scalar))
    }
}

extension StringRule {
    func isLive(_ state: Int32, count: Int, inside character: CharacterState) -> Bool {
        guard let prefix = character.prefix else { return isLive(state, count: count) }
        return isLive(state, count: count, inside: prefix)
    }

    func shortest(_ state: Int32, count: Int, inside character: CharacterState) -> Int {
        guard let prefix = character.prefix else { return shortest(state, count: count) }
        return shortest(state, count: count, inside: prefix)
    }

    func appendShortest(_ state: Int32, count: Int, inside character: CharacterState, to bytes: inout [UInt8]) {
        guard let prefix = character.prefix else { return appendShortest(state, count: count, to: &bytes) }
        appendShortest(state, count: count, inside: prefix, to: &bytes)
    }
}
