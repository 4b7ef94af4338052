extension NumberRule {
    /// The rule for `constraints`; nil if no number satisfies them. Throws where no exact automaton of bounded size is
    /// known: never a rule that admits more.
    init?(_ constraints: NumberConstraints, options: NumberOptions = .init()) throws(NumberRuleError) {
        guard !constraints.isContradictory else { return nil }
        if options == NumberOptions(), constraints == NumberConstraints() {
            guard let rule = Self.anyNumber else { return nil }
            self = rule
        } else if options == NumberOptions(), constraints == NumberConstraints(mustBeInteger: true) {
            guard let rule = Self.anyInteger else { return nil }
            self = rule
        } else {
            guard let rule = try Self.compile(constraints, options) else { return nil }
            self = rule
        }
    }

    private static let anyNumber = try? compile(NumberConstraints(), NumberOptions())
    private static let anyInteger = try? compile(NumberConstraints(mustBeInteger: true), NumberOptions())

    private static func compile(
        _ given: NumberConstraints, _ options: NumberOptions
    ) throws(NumberRuleError) -> NumberRule? {
        guard let constraints = try given.simplified() else { return nil }
        // Residues of more than two digits cost more states than their arithmetic costs time.
        if constraints.multiples.contains(where: { $0.digits.count > 2 }),
            let multiples = LargeMultiples(constraints, options)
        {
            return NumberRule(.multiples(multiples))
        }
        if let table = try? table(constraints, options) { return table.rule }
        if let values = constraints.enumerated() {
            let parts = NumberParts(constraints, options, only: values)
            if let table = try? self.table(parts, options) { return table.rule }
        }
        throw NumberRuleError(
            keyword: constraints.costliestKeyword,
            reason: "takes an automaton of more than \(NumberTableBuilder.maximumStates) states")
    }

    /// The rule of `constraints` as a table; without one if there is no number.
    private static func table(
        _ constraints: NumberConstraints, _ options: NumberOptions
    ) throws(TooManyStates) -> (rule: NumberRule?, limit: Int) {
        var options = options
        while true {
            let parts = try NumberParts(constraints, options)
            let table = try table(parts, options)
            // Parts leave out bounds that no number of so few digits can meet.
            if table.limit <= parts.integerDigits { return table }
            options.maximumIntegerDigits = table.limit
        }
    }

    private static func table(
        _ parts: NumberParts, _ options: NumberOptions
    ) throws(TooManyStates) -> (rule: NumberRule?, limit: Int) {
        let builder = try NumberTableBuilder(
            positive: parts.positive, negative: parts.negative, maximumStates: parts.maximumStates)
        var options = options
        options.maximumIntegerDigits = parts.integerDigits
        guard let table = NumberTable(builder, options: options) else { return (nil, 0) }
        return (NumberRule(.table(table)), table.limit(start))
    }
}

extension NumberConstraints {
    /// The keyword to name where the automaton grows too large.
    fileprivate var costliestKeyword: String {
        if !multiples.isEmpty { return "multipleOf" }
        if !notMultiples.isEmpty || !excluded.isEmpty { return "not" }
        return minimum == nil ? "maximum" : "minimum"
    }
}
