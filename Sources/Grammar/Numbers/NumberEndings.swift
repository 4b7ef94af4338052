/// Which states of a rule reach an end in exactly so many bytes, the digit limits aside.
struct NumberEndings {
    private let rule: NumberRule
    /// By length, then by state. Empty where the rule tells it by arithmetic.
    private var reached: [[Bool]] = []

    init(rule: NumberRule) { self.rule = rule }

    mutating func extend(to length: Int) {
        guard rule.multiples == nil else { return }
        while reached.count <= length {
            guard let last = reached.last else {
                reached.append((0..<rule.stateCount).map { rule.canEnd(Int32(truncatingIfNeeded: $0)) })
                continue
            }
            reached.append(
                (0..<rule.stateCount).map { state in
                    (0..<NumberSymbol.count).contains { column in
                        let next = rule.next(Int32(truncatingIfNeeded: state), NumberSymbol.byte(of: column))
                        return next >= 0 && last[Int(next)]
                    }
                })
        }
    }

    /// Whether `length`, to which the lengths were extended, leads from `state` to an end.
    func canEnd(_ state: Int32, after length: Int) -> Bool {
        if let multiples = rule.multiples { return multiples.canEnd(state, after: length) }
        return reached[length][Int(state)]
    }
}
