/// Reads the patterns of ECMA-262 with flag `u`, and of its Annex B what does no harm: brackets and braces that open or
/// close nothing, and escaped punctuation, stand for themselves.
///
/// Back-references are refused, as are inline flags and groups that ECMA-262 2024 does not know.
struct PatternParser {
    private static let maximumDepth = 100
    /// Bytes of a pattern.
    private static let maximumSize = 100_000
    /// Larger counts are taken for this one, which no automaton can hold.
    static let maximumCount = 1_000_000

    let text: [UInt32]
    var position = 0
    private var depth = 0
    private var groupNames: Set<[UInt32]> = []

    static func parse(_ pattern: String) throws(StringAutomatonError) -> PatternNode {
        guard pattern.utf8.count <= maximumSize else {
            throw StringAutomatonError(reason: "is longer than \(maximumSize) bytes")
        }
        var parser = PatternParser(text: pattern.unicodeScalars.map(\.value))
        let node = try parser.disjunction()
        guard parser.position == parser.text.count else { throw parser.error("has a ) that closes nothing") }
        return node
    }

    private init(text: [UInt32]) { self.text = text }

    func error(_ reason: String) -> StringAutomatonError {
        StringAutomatonError(reason: "\(reason) (before character \(position + 1))")
    }

    var next: UInt32? { position < text.count ? text[position] : nil }

    func isNext(_ character: Unicode.Scalar) -> Bool { next == character.value }

    /// Takes a character if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isNext(character) else { return false }
        position += 1
        return true
    }

    /// Takes an ASCII text if it comes next.
    mutating func take(text expected: StaticString) -> Bool {
        let count = expected.utf8CodeUnitCount
        guard position + count <= text.count else { return false }
        let matches = expected.withUTF8Buffer { buffer in
            buffer.indices.allSatisfy { text[position + $0] == UInt32(buffer[$0]) }
        }
        if matches { position += count }
        return matches
    }

    private mutating func disjunction() throws(StringAutomatonError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw error("nests groups deeper than \(Self.maximumDepth) levels") }
        let first = try alternative()
        guard isNext("|") else { return first }
        var alternatives = [first]
        while take("|") { alternatives.append(try alternative()) }
        return .alternation(alternatives)
    }

    private mutating func alternative() throws(StringAutomatonError) -> PatternNode {
        var terms: [PatternNode] = []
        while next != nil, !isNext("|"), !isNext(")") { terms.append(try term()) }
        return terms.count == 1 ? terms[0] : terms.isEmpty ? .empty : .concatenation(terms)
    }

    private mutating func term() throws(StringAutomatonError) -> PatternNode {
        if let assertion = takeAssertion() {
            if try quantifier() != nil { throw error("repeats an assertion") }
            return .assertion(assertion)
        }
        let (node, isAssertion) = try atom()
        guard let (minimum, maximum) = try quantifier() else { return node }
        if isAssertion { throw error("repeats an assertion") }
        // A lazy quantifier prefers other matches, but there is one for the same texts.
        _ = take("?")
        if try quantifier() != nil { throw error("repeats a repetition") }
        return .repetition(node, minimum: minimum, maximum: maximum)
    }

    private mutating func takeAssertion() -> PatternNode.Assertion? {
        if take("^") { return .start }
        if take("$") { return .end }
        if take(text: "\\b") { return .wordBoundary }
        return take(text: "\\B") ? .noWordBoundary : nil
    }

    private mutating func atom() throws(StringAutomatonError) -> (PatternNode, isAssertion: Bool) {
        if take("(") { return try group() }
        return (.set(try character()), false)
    }

    private mutating func character() throws(StringAutomatonError) -> ScalarSet {
        if take(".") { return .notLineTerminators }
        if take("[") { return try characterClass() }
        if take("\\") { return try escape() }
        if try quantifier() != nil { throw error("has a quantifier with nothing to repeat") }
        guard let scalar = next else { return .empty }
        position += 1
        return ScalarSet(scalar)
    }

    private mutating func group() throws(StringAutomatonError) -> (PatternNode, isAssertion: Bool) {
        var look: (isAhead: Bool, isNegated: Bool)?
        if take("?") {
            if take("=") {
                look = (true, false)
            } else if take("!") {
                look = (true, true)
            } else if take(text: "<=") {
                look = (false, false)
            } else if take(text: "<!") {
                look = (false, true)
            } else if take("<") {
                try groupName()
            } else if !take(":") {
                throw error("has a group that ECMA-262 does not know or that sets flags")
            }
        }
        let body = try disjunction()
        guard take(")") else { throw error("opens a group that it does not close") }
        guard let look else { return (body, false) }
        return (.look(body, isAhead: look.isAhead, isNegated: look.isNegated), true)
    }

    private mutating func groupName() throws(StringAutomatonError) {
        let start = position
        while let next, !isNext(">") {
            let isFirst = position == start
            guard let scalar = Unicode.Scalar(next),
                scalar == "$" || scalar == "_"
                    || (isFirst ? scalar.properties.isIDStart : scalar.properties.isIDContinue)
            else { throw error("has a group name that is not an identifier") }
            position += 1
        }
        let name = Array(text[start..<position])
        guard take(">"), !name.isEmpty else { throw error("has a group name that is empty or does not end") }
        guard groupNames.insert(name).inserted else { throw error("has two groups of one name") }
    }

    /// `*`, `+`, `?` or a count in braces; nil, and nothing taken, if none of them comes next.
    private mutating func quantifier() throws(StringAutomatonError) -> (minimum: Int, maximum: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        if take("{"), let minimum = count() {
            if take("}") { return (minimum, minimum) }
            if take(text: ",}") { return (minimum, nil) }
            if take(","), let maximum = count(), take("}") {
                guard minimum <= maximum else { throw error("has a count whose bounds are in the wrong order") }
                return (minimum, maximum)
            }
        }
        position = start
        return nil
    }

    private mutating func count() -> Int? {
        var count: Int?
        while let digit = next, (0x30...0x39).contains(digit) {
            count = min((count ?? 0) * 10 + Int(digit - 0x30), Self.maximumCount)
            position += 1
        }
        return count
    }
}
