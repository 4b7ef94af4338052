import JSONSchema

extension GrammarCompiler {
    /// What a schema says of numbers.
    mutating func numberFacts(_ node: Int) throws(GrammarError) -> [Fact] {
        let schema = nodes[node]
        guard schema.saysSomethingOfNumbers else { return [] }
        var facts: [Fact] = []
        if let bound = try decimal(schema.minimum, "minimum", node) {
            facts.append(.minimum(bound, isExclusive: false))
        }
        if let bound = try decimal(schema.maximum, "maximum", node) {
            facts.append(.maximum(bound, isExclusive: false))
        }
        if let bound = try decimal(schema.exclusiveMinimum, "exclusiveMinimum", node) {
            facts.append(.minimum(bound, isExclusive: true))
        }
        if let bound = try decimal(schema.exclusiveMaximum, "exclusiveMaximum", node) {
            facts.append(.maximum(bound, isExclusive: true))
        }
        if let divisor = try decimal(schema.multipleOf, "multipleOf", node) {
            facts.append(.multiple(divisor, isNegated: false))
        }
        return facts
    }

    private mutating func decimal(
        _ number: JSONNumber?, _ keyword: String, _ node: Int
    ) throws(GrammarError) -> Decimal? {
        guard let number else { return nil }
        if let decimal = Decimal(lexeme: number.lexeme) { return decimal }
        try refuse(keyword, node, "is a number with too many digits: shorten it")
        return nil
    }

    mutating func addNumbers(_ clause: Clause, _ key: ValueKey, to draft: inout ValueDraft) throws(GrammarError) {
        var constraints = clause.numbers
        constraints.needsUniqueSpelling = key.needsUniqueSpelling
        constraints.excluded += clause.excluded.compactMap(\.decimal)
        if let constants = clause.constants {
            for decimal in constants.compactMap(\.decimal) where constraints.admits(decimal) {
                draft.add(literal: decimal.text)
            }
            return
        }
        do throws(NumberRuleError) {
            if let rule = try numbers.index(of: constraints, options: options.numbers) { draft.add(number: rule) }
        } catch {
            let node = self.node(key, having: error.keyword)
            try refuse(error.keyword, node, error.reason)
            constraints.multiples = []
            constraints.notMultiples = []
            if let rule = try? numbers.index(of: constraints, options: options.numbers) { draft.add(number: rule) }
        }
    }

    mutating func addStrings(_ clause: Clause, _ key: ValueKey, to draft: inout ValueDraft) throws(GrammarError) {
        do throws(StringAutomatonError) {
            let excluded = clause.excluded.compactMap(\.stringValue)
            if let constants = clause.constants {
                let automaton = try strings.automaton(clause.strings, excluding: excluded)
                for case .string(let text) in constants {
                    let count = text.unicodeScalars.count
                    guard count >= clause.strings.minimum, count <= clause.strings.maximum,
                        automaton.contains(text.unicodeScalars.lazy.map(\.value))
                    else { continue }
                    draft.add(literal: JSONValue.string(text).serialized())
                }
                return
            }
            var constraints = clause.strings
            if let bound = options.maximumStringLength, constraints.maximum > bound {
                constraints.maximum = max(bound, constraints.minimum)
            }
            if let rule = try strings.rule(constraints, excluding: excluded) { draft.add(string: rule) }
        } catch {
            let keyword = clause.strings.patterns.isEmpty ? "maxLength" : "pattern"
            try refuse(keyword, node(key, having: keyword), error.reason)
            if let rule = try? strings.rule(StringConstraints(), excluding: []) { draft.add(string: rule) }
        }
    }

    /// Runs `body` if the pattern makes an automaton, and refuses the schema otherwise.
    mutating func check(
        pattern: String, at node: Int, _ body: (StringAutomaton) -> Void
    ) throws(GrammarError) {
        do throws(StringAutomatonError) {
            body(try strings.automaton(.init(source: .pattern(ExactString(pattern)), isNegated: false)))
        } catch {
            try refuse("pattern", node, error.reason)
        }
    }

    mutating func isKnown(format: String) -> Bool { strings.isKnown(format: format) }

    /// A schema of the value that has the keyword, for a message; the first one if none has it directly.
    private func node(_ key: ValueKey, having keyword: String) -> Int {
        let candidates = key.literals.map { Int($0.node) }
        return candidates.first { nodes[$0].has(keyword) } ?? candidates.first ?? 0
    }
}

extension SchemaNode {
    var saysSomethingOfNumbers: Bool {
        minimum != nil || maximum != nil || exclusiveMinimum != nil || exclusiveMaximum != nil || multipleOf != nil
    }

    fileprivate func has(_ keyword: String) -> Bool {
        switch keyword {
        case "pattern": pattern != nil || format != nil
        case "maxLength": minLength != nil || maxLength != nil
        default: saysSomethingOfNumbers
        }
    }
}

extension JSONValue {
    fileprivate var decimal: Decimal? {
        guard case .number(let number) = self else { return nil }
        return Decimal(lexeme: number.lexeme)
    }
}
