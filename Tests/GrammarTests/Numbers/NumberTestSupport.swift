@testable import Grammar

/// SplitMix64: the same numbers in every run.
struct NumberGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A number for tests, from a spelling that is known to be in bounds.
func decimal(_ lexeme: String) -> Decimal {
    guard let value = Decimal(lexeme: lexeme) else { preconditionFailure("no decimal: \(lexeme)") }
    return value
}

extension NumberRule {
    /// Whether `text` is a text of the rule, digit limits included.
    func accepts(_ text: some Sequence<UInt8>) -> Bool {
        var (state, count) = (NumberRule.start, Int32(0))
        for byte in text {
            guard let next = step(state, count: count, byte) else { return false }
            (state, count) = next
        }
        return canEnd(state)
    }

    func accepts(_ text: String) -> Bool { accepts(text.utf8) }

    /// The bytes that may follow.
    func following(_ state: Int32, _ count: Int32) -> [UInt8] {
        (UInt8.min...UInt8.max).filter { step(state, count: count, $0) != nil }
    }

    func shortestText(_ state: Int32 = NumberRule.start) -> [UInt8] {
        var text: [UInt8] = []
        appendShortest(state, to: &text)
        return text
    }
}

extension NumberConstraints {
    /// Whether a text without an exponent is spelt as the constraints ask, whatever its value.
    func admitsSpelling(_ text: [UInt8]) -> Bool {
        guard let point = text.firstIndex(of: UInt8(ascii: ".")) else {
            return !needsUniqueSpelling || text != Array("-0".utf8)
        }
        if mustBeInteger { return false }
        return !needsUniqueSpelling || text[point...].last != UInt8(ascii: "0")
    }

    /// Random constraints of small numbers, often contradictory.
    static func random(using generator: inout NumberGenerator) -> NumberConstraints {
        var result = NumberConstraints()
        result.mustBeInteger = Int.random(in: 0..<4, using: &generator) == 0
        result.mustNotBeInteger = Int.random(in: 0..<8, using: &generator) == 0
        result.needsUniqueSpelling = Bool.random(using: &generator)
        if Bool.random(using: &generator) {
            let exclusive = Bool.random(using: &generator)
            result.raiseMinimum(to: .random(using: &generator), exclusive: exclusive)
        }
        if Bool.random(using: &generator) {
            let exclusive = Bool.random(using: &generator)
            result.lowerMaximum(to: .random(using: &generator), exclusive: exclusive)
        }
        let units = [
            "1", "2", "3", "7", "10", "12", "100", "0.5", "0.25", "0.1", "0.01", "1.5", "0.3", "0.04", "60", "0.125",
            "0.0312501",
            "2011", "20011",
        ]
        for _ in 0..<max(0, Int.random(in: -2...2, using: &generator)) {
            result.multiples.append(decimal(units.randomElement(using: &generator) ?? "1"))
        }
        for _ in 0..<max(0, Int.random(in: -3...2, using: &generator)) {
            result.notMultiples.append(decimal(units.randomElement(using: &generator) ?? "1"))
        }
        for _ in 0..<max(0, Int.random(in: -4...6, using: &generator)) {
            result.excluded.append(.random(using: &generator))
        }
        return result
    }
}

extension Decimal {
    /// A small number of few digits, half of them integers.
    static func random(using generator: inout NumberGenerator) -> Decimal {
        let size = [3, 12, 150, 3000].randomElement(using: &generator) ?? 3
        let coefficient = Int128(Int.random(in: -size...size, using: &generator))
        return Decimal(coefficient, exponent: min(0, Int.random(in: -2...2, using: &generator)))
    }
}

/// Well-formed number texts without an exponent, the shortest first.
enum PlainTexts {
    /// All of at most `length` bytes, with their values.
    static func all(length: Int) -> [(text: [UInt8], value: Decimal)] {
        var texts: [[UInt8]] = [[]]
        var found: [(text: [UInt8], value: Decimal)] = []
        for _ in 0..<length {
            texts = texts.flatMap { text in "-.0123456789".utf8.map { text + [$0] } }
            texts.removeAll { !isPrefix($0) }
            for text in texts {
                if let value = Decimal(lexeme: String(decoding: text, as: UTF8.self)) { found.append((text, value)) }
            }
        }
        return found
    }

    /// Whether some number begins so.
    private static func isPrefix(_ text: [UInt8]) -> Bool {
        let magnitude = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        if magnitude.isEmpty { return true }
        let pieces = magnitude.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard pieces.count <= 2, !magnitude.contains(UInt8(ascii: "-")), let integer = pieces.first else {
            return false
        }
        return !integer.isEmpty && (integer.count == 1 || integer.first != UInt8(ascii: "0"))
    }
}
