/// The string rules of a grammar, each built once.
struct StringRules {
    private struct Key: Hashable {
        let constraints: StringConstraints
        let excluded: [ExactString]
    }

    private(set) var rules: [StringRule] = []
    /// The rules that are a format and nothing else.
    private(set) var formats: [Int32: String] = [:]
    private var indices: [Key: Int32] = [:]
    private var automata: [StringConstraints.Pattern: StringAutomaton] = [:]
    private(set) var nameLanguages: [NameLanguage] = []
    private var nameIndices: [[StringAutomaton]: Int32] = [:]
    /// The index of the language of all names.
    private var anyName: Int32?
    /// The strings that satisfy literals, where names are concerned.
    var languages: [[Literal]: StringAutomaton] = [:]

    /// The index of a rule; nil if no string satisfies it.
    mutating func rule(
        _ constraints: StringConstraints, excluding excluded: [String]
    ) throws(StringAutomatonError) -> Int32? {
        let key = Key(constraints: constraints, excluded: excluded.map(ExactString.init))
        if let index = indices[key] { return index < 0 ? nil : index }
        let rule: StringRule?
        if excluded.isEmpty, let format = constraints.formatAlone {
            rule = try FormatRules.rule(format, constraints)
        } else {
            let automaton = try automaton(constraints, excluding: excluded)
            rule = try StringRule(automaton: automaton, minimum: constraints.minimum, maximum: constraints.maximum)
        }
        guard let rule else {
            indices[key] = -1
            return nil
        }
        let index = add(rule)
        if excluded.isEmpty { formats[index] = constraints.formatAlone }
        indices[key] = index
        return index
    }

    mutating func add(_ rule: StringRule) -> Int32 {
        rules.append(rule)
        return Int32(rules.count - 1)
    }

    /// The language of all patterns together, lengths aside.
    mutating func automaton(
        _ constraints: StringConstraints, excluding excluded: [String]
    ) throws(StringAutomatonError) -> StringAutomaton {
        var result = StringAutomaton.universal
        for pattern in constraints.patterns {
            let automaton = try automaton(pattern)
            result = result.isUniversal ? automaton : try result.intersection(automaton)
        }
        if !excluded.isEmpty {
            let words = try StringAutomaton(words: excluded.map { $0.unicodeScalars.map(\.value) })
            result = try result.intersection(words.complement())
        }
        return result
    }

    mutating func automaton(_ pattern: StringConstraints.Pattern) throws(StringAutomatonError) -> StringAutomaton {
        if let known = automata[pattern] { return known }
        var automaton: StringAutomaton
        switch pattern.source {
        case .pattern(let text): automaton = try StringAutomaton(pattern: text.text)
        case .format(let name): automaton = StringAutomaton(format: name.text) ?? .universal
        }
        if pattern.isNegated { automaton = try automaton.complement() }
        automata[pattern] = automaton
        return automaton
    }

    /// The index of the language of names told apart by patterns, restricted to those admitted.
    mutating func names(
        _ patterns: [StringAutomaton], admitted: StringAutomaton?
    ) throws(StringAutomatonError) -> Int32 {
        if patterns.isEmpty, admitted == nil {
            if let anyName { return anyName }
            nameLanguages.append(try NameLanguage([], admitted: nil))
            anyName = Int32(nameLanguages.count - 1)
            return Int32(nameLanguages.count - 1)
        }
        let key = patterns + [admitted ?? .universal]
        if let index = nameIndices[key] { return index }
        nameLanguages.append(try NameLanguage(patterns, admitted: admitted))
        let index = Int32(nameLanguages.count - 1)
        nameIndices[key] = index
        return index
    }

    func isKnown(format: String) -> Bool { StringAutomaton(format: format) != nil }
}

/// The number rules of a grammar, each built once.
struct NumberRules {
    private(set) var rules: [NumberRule] = []
    private var indices: [NumberConstraints: Int32] = [:]

    /// The index of a rule; nil if no number satisfies it.
    mutating func index(
        of constraints: NumberConstraints, options: NumberOptions
    ) throws(NumberRuleError) -> Int32? {
        if let index = indices[constraints] { return index < 0 ? nil : index }
        guard let rule = try NumberRule(constraints, options: options) else {
            indices[constraints] = -1
            return nil
        }
        rules.append(rule)
        indices[constraints] = Int32(rules.count - 1)
        return Int32(rules.count - 1)
    }
}
