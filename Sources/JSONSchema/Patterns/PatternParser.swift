/// Reads the regular expressions of ECMA-262 over code points, with the leniency of its Annex B where it does no harm:
/// a brace or bracket that opens or closes nothing stands for itself, and so does an escaped punctuation mark.
///
/// Inline flags, comments and names in the manner of Python or Perl are refused.
struct PatternParser {
    private static let maximumDepth = 100
    /// Larger counts in braces are taken for this one, which no compiled pattern can hold.
    static let maximumCount = 1_000_000

    let text: [UInt32]
    var position = 0
    private var depth = 0
    private var groupNames: Set<String> = []
    private var namedReferences: [String] = []

    /// Parses a whole pattern.
    static func parse(_ pattern: String) throws(PatternError) -> PatternNode {
        var parser = PatternParser(text: pattern.unicodeScalars.map(\.value))
        let node = try parser.parseDisjunction()
        guard parser.position == parser.text.count else { throw parser.error("has a `)` that closes nothing") }
        for name in parser.namedReferences where !parser.groupNames.contains(name) {
            throw PatternError(message: "refers back to the group <\(name)>, which it does not have")
        }
        return node
    }

    private init(text: [UInt32]) { self.text = text }

    func error(_ message: String) -> PatternError {
        PatternError(message: "\(message) (at code point \(position + 1))")
    }

    // MARK: Reading

    var next: UInt32? { position < text.count ? text[position] : nil }

    func isNext(_ literal: String) -> Bool {
        let expected = literal.unicodeScalars
        guard position + expected.count <= text.count else { return false }
        return zip(text[position...], expected).allSatisfy { $0 == $1.value }
    }

    mutating func take(_ literal: String) -> Bool {
        guard isNext(literal) else { return false }
        position += literal.unicodeScalars.count
        return true
    }

    // MARK: Structure

    private mutating func parseDisjunction() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw error("nests groups deeper than \(Self.maximumDepth) levels")
        }
        var alternatives = [try parseAlternative()]
        while take("|") { alternatives.append(try parseAlternative()) }
        return alternatives.count == 1 ? alternatives[0] : .alternation(alternatives)
    }

    private mutating func parseAlternative() throws(PatternError) -> PatternNode {
        var terms: [PatternNode] = []
        while let next, next != 0x7C, next != 0x29 { terms.append(try parseTerm()) }
        return terms.count == 1 ? terms[0] : terms.isEmpty ? .empty : .concatenation(terms)
    }

    private mutating func parseTerm() throws(PatternError) -> PatternNode {
        let (atom, isQuantifiable) = try parseAtom()
        let start = position
        guard let (minimum, maximum) = try parseQuantifier() else { return atom }
        guard isQuantifiable else {
            position = start
            throw error("repeats an assertion")
        }
        let quantified = PatternNode.repetition(atom, minimum: minimum, maximum: maximum)
        _ = take("?")
        let second = position
        if try parseQuantifier() != nil {
            position = second
            throw error("repeats a repetition: put it into a group")
        }
        return quantified
    }

    private mutating func parseAtom() throws(PatternError) -> (PatternNode, isQuantifiable: Bool) {
        if take("^") { return (.assertion(.start), false) }
        if take("$") { return (.assertion(.end), false) }
        if take("\\b") { return (.assertion(.wordBoundary), false) }
        if take("\\B") { return (.assertion(.noWordBoundary), false) }
        if take(".") { return (.set(CodePointSet(CodePointSet.lineTerminators, negated: true)), true) }
        if isNext("(") { return try parseGroup() }
        if take("[") { return (.set(try parseClass()), true) }
        if isNext("\\") { return (try parseEscape(), true) }
        let start = position
        if try parseQuantifier() != nil {
            position = start
            throw error("has a quantifier with nothing to repeat")
        }
        defer { position += 1 }
        return (.set(.single(next ?? 0)), true)
    }

    private mutating func parseGroup() throws(PatternError) -> (PatternNode, isQuantifiable: Bool) {
        let start = position
        var look: (isAhead: Bool, isNegated: Bool)?
        if take("(?=") {
            look = (true, false)
        } else if take("(?!") {
            look = (true, true)
        } else if take("(?<=") {
            look = (false, false)
        } else if take("(?<!") {
            look = (false, true)
        } else if take("(?<") {
            let name = try parseGroupName()
            guard groupNames.insert(name).inserted else { throw error("has two groups called <\(name)>") }
        } else if !take("(?:") {
            guard !isNext("(?") else {
                throw error("has a group that ECMA-262 does not know: inline flags, comments and `(?P…)` are not in it")
            }
            position += 1
        }
        let body = try parseDisjunction()
        guard take(")") else {
            position = start
            throw error("opens a group that it does not close")
        }
        guard let look else { return (body, true) }
        return (.lookaround(body, isAhead: look.isAhead, isNegated: look.isNegated), false)
    }

    private mutating func parseGroupName() throws(PatternError) -> String {
        var name = String.UnicodeScalarView()
        while let next, next != 0x3E {
            guard let scalar = Unicode.Scalar(next),
                scalar == "$" || scalar == "_" || scalar.properties.isIDContinue,
                !name.isEmpty || !scalar.properties.isWhitespace && scalar.properties.numericType == nil
            else { throw error("has a group name that is not an identifier") }
            name.append(scalar)
            position += 1
        }
        guard take(">"), !name.isEmpty else { throw error("has a group name that is empty or does not end") }
        return String(name)
    }

    /// `*`, `+`, `?` or a count in braces; nil, and nothing taken, if none of them comes next.
    private mutating func parseQuantifier() throws(PatternError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        if take("{"), let minimum = parseCount() {
            if take("}") { return (minimum, minimum) }
            if take(",}") { return (minimum, nil) }
            if take(","), let maximum = parseCount(), take("}") {
                guard minimum <= maximum else { throw error("has a count whose bounds are in the wrong order") }
                return (minimum, maximum)
            }
        }
        position = start
        return nil
    }

    private mutating func parseCount() -> Int? {
        var count: Int?
        while let digit = next, (0x30...0x39).contains(digit) {
            count = min((count ?? 0) * 10 + Int(digit - 0x30), Self.maximumCount)
            position += 1
        }
        return count
    }

    /// Reads `\k<name>` behind its `k`.
    mutating func parseNamedReference() throws(PatternError) -> PatternNode {
        guard take("<") else { throw error("has \\k without a <name>") }
        let name = try parseGroupName()
        namedReferences.append(name)
        return .backreference("\\k<\(name)>")
    }
}
