import JSONSchema

// Grammars of answers that are no JSON, or any JSON object: what a request asks for without a schema.
extension Grammar {
    /// So many texts may be chosen from, and they may have so many bytes together.
    public static let maximumChoices = 10_000
    public static let maximumChoiceLength = 1 << 20

    /// The texts that match a regular expression from their first to their last character.
    ///
    /// The expressions are those of `pattern` in JSON Schema, ECMA-262 with flag `u`, as docs/structured-output.md has
    /// them. The text is written as it is, without quotes and escapes.
    /// - Parameter maximumLength: code points of the text, where the pattern admits more; nil: as many as it admits.
    /// - Throws: for a pattern that is malformed or needs too large an automaton, and where no text matches.
    public init(pattern: String, maximumLength: Int? = nil) throws(GrammarError) {
        let rule: StringRule?
        do throws(StringAutomatonError) {
            let automaton = try StringAutomaton(pattern: pattern, isWhole: true)
            rule = try StringRule(
                automaton: automaton, maximum: maximumLength.map { max(0, $0) } ?? .max, spelling: .plain)
        } catch {
            throw GrammarError(keyword: "pattern", at: .root, error.reason)
        }
        guard let rule else {
            throw GrammarError(keyword: "pattern", at: .root, isUnsatisfiable: true, "is matched by no text")
        }
        var tables = GrammarTables()
        tables.strings = [rule]
        tables.start = Configuration(kind: .plain, place: 0, frame: -1)
        self.init(tables)
    }

    /// Exactly these texts, as they are, without quotes and escapes.
    ///
    /// - Throws: where there are none, too many, or an empty one.
    public init(choices: [String]) throws(GrammarError) {
        let length = choices.reduce(0) { $0 + $1.utf8.count }
        let problem: String? =
            if choices.isEmpty {
                "has no text: give at least one"
            } else if choices.count > Self.maximumChoices {
                "has \(choices.count) texts, and at most \(Self.maximumChoices) can be held"
            } else if choices.contains("") {
                "has an empty text, which no answer is: leave it out"
            } else if length > Self.maximumChoiceLength {
                "has \(length) bytes of text, and at most \(Self.maximumChoiceLength) can be held"
            } else { nil }
        if let problem { throw GrammarError(keyword: "choices", at: .root, problem) }
        var tables = GrammarTables()
        let root = tables.tries.add(choices.map { (Array($0.utf8), 0) })
        tables.start = Configuration(kind: .literal, place: root, frame: -1)
        self.init(tables)
    }

    /// Any JSON object, in the canonical spelling of all generated JSON.
    public static func anyObject(options: GrammarOptions = .init()) throws(GrammarError) -> Grammar {
        try Grammar(schema: .object(JSONObject([("type", .string("object"))])), options: options)
    }
}
