import Synchronization

/// Rules of formats, which many schemas share: some are large, so they are made once.
enum FormatRules {
    private struct Key: Hashable {
        let format: String
        let minimum: Int
        let maximum: Int
    }

    /// Lengths beside formats vary; so many are kept.
    private static let capacity = 256
    private static let rules = Mutex<[Key: StringRule]>([:])
    private static let states = Mutex<[String: StringStates]>([:])

    /// The rule of a format with the lengths of the constraints; nil if no string satisfies them.
    static func rule(
        _ format: String, _ constraints: StringConstraints
    ) throws(StringAutomatonError) -> StringRule? {
        let key = Key(format: format, minimum: constraints.minimum, maximum: constraints.maximum)
        if let known = rules.withLock({ $0[key] }) { return known }
        guard let automaton = StringAutomaton(format: format),
            let rule = try StringRule(
                automaton: automaton, minimum: constraints.minimum, maximum: constraints.maximum)
        else { return nil }
        rules.withLock { rules in
            if rules.count >= capacity { rules = [:] }
            rules[key] = rule
        }
        return rule
    }

    static func states(of format: String, _ automaton: StringAutomaton) -> StringStates {
        if let known = states.withLock({ $0[format] }) { return known }
        let new = StringStates(automaton)
        states.withLock { $0[format] = new }
        return new
    }
}

extension StringConstraints {
    /// The format, if it is the only pattern.
    var formatAlone: String? {
        guard patterns.count == 1, !patterns[0].isNegated, case .format(let format) = patterns[0].source else {
            return nil
        }
        return format.text
    }
}
