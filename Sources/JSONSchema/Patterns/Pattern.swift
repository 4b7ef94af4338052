/// A compiled regular expression of ECMA-262 that is searched for in time proportional to text × pattern.
///
/// The automaton is simulated with all its states at once (Thompson 1968), so nothing backtracks. Lookarounds are
/// answered from tables: whether one holds at a place is worked out for all places in one pass over the text, in the
/// other direction (Mamouras and Chattopadhyay, "Efficient Matching of Regular Expressions with Lookaround
/// Assertions", 2024). Backreferences, which no automaton can follow, are refused.
struct Pattern {
    let source: String
    private let program: PatternProgram
    private let lookarounds: [PatternProgram]

    init(_ source: String) throws(PatternError) {
        self.source = source
        var compiler = PatternCompiler()
        program = try compiler.compile(PatternParser.parse(source), backward: false)
        lookarounds = compiler.lookarounds
    }

    /// Whether `source` is a regular expression of ECMA-262, be it one that can be matched here or not.
    static func isWellFormed(_ source: String) -> Bool {
        (try? PatternParser.parse(source)) != nil
    }

    /// Whether the pattern occurs in `text`; nil if `budget`, which is reduced by the steps taken, runs out.
    func occurs(in text: String, budget: inout Int) -> Bool? {
        let codePoints = text.unicodeScalars.map(\.value)
        var tables: [[Bool]] = []
        for lookaround in lookarounds {
            var search = PatternSearch(program: lookaround, text: codePoints, tables: tables)
            guard let table = search.allMatches(budget: &budget) else { return nil }
            tables.append(table)
        }
        var search = PatternSearch(program: program, text: codePoints, tables: tables)
        return search.hasMatch(budget: &budget)
    }
}
