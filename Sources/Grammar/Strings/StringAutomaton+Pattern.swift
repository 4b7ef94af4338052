extension StringAutomaton {
    /// Accepts the strings in which a pattern of ECMA-262 with flag `u` matches somewhere.
    ///
    /// All that is regular is supported, lookarounds and word boundaries included, but for a lookbehind in or around
    /// another lookaround. Refused are back-references, inline flags, properties that are neither general categories
    /// nor well-known binary ones, and what needs more than `maximumStateCount` states.
    ///
    /// - Parameter isWhole: whether the match must be the whole string.
    init(pattern: String, isWhole: Bool = false) throws(StringAutomatonError) {
        var node = try PatternParser.parse(pattern)
        if isWhole { node = .concatenation([.assertion(.start), node, .assertion(.end)]) }
        var compiler = PatternCompiler()
        let program = try compiler.compile(node)
        let alphabet = try PatternAlphabet(compiler.sets, usesWords: compiler.usesWords)
        var machines: [PatternLookMachine] = []
        for look in compiler.looks {
            var determinizer = PatternDeterminizer(
                look.program, mode: look.isAhead ? .prefix : .suffix, machines: machines, alphabet: alphabet)
            let (table, starts) = try determinizer.run()
            machines.append(PatternLookMachine(look, table: table, starts: starts))
        }
        var determinizer = PatternDeterminizer(program, mode: .search, machines: machines, alphabet: alphabet)
        self.init(trimmed: try determinizer.run().table.canonical())
    }
}

/// The classes of characters that a pattern tells apart.
struct PatternAlphabet {
    let classes: ScalarClasses
    private let members: [Bool]
    /// Whether the pattern asserts word boundaries; then each class holds word characters alone or none.
    let usesWords: Bool
    let isWord: [Bool]

    init(_ sets: [ScalarSet], usesWords: Bool) throws(StringAutomatonError) {
        self.usesWords = usesWords
        (classes, members) = try ScalarClasses.separating(sets)
        var isWord = [Bool](repeating: false, count: classes.count)
        for scalar: UInt32 in 0..<0x80 where ScalarSet.wordCharacters.contains(scalar) {
            isWord[classes.classIndex(of: scalar)] = true
        }
        self.isWord = isWord
    }

    func contains(_ column: Int, inSet set: Int32) -> Bool { members[Int(set) * classes.count + column] }
}
