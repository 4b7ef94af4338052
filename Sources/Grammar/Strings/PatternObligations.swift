/// Sets of lookaheads that a thread still has to see fulfilled, numbered; 0 is the empty set.
struct PatternObligations {
    private static let maximumCount = 4096

    private let machines: [PatternLookMachine]
    /// Pairs of a lookahead and its state, sorted.
    private var members: [[Int32]] = [[]]
    private var numbers: [[Int32]: Int32] = [[]: 0]
    /// What each set becomes by a class.
    private var steps: [Int: Int32] = [:]

    init(machines: [PatternLookMachine]) { self.machines = machines }

    var count: Int { members.count }

    /// The set with one more lookahead in the state it begins in; nil if it cannot be fulfilled.
    mutating func adding(
        _ look: Int32, _ state: Int32, to set: Int32
    ) throws(StringAutomatonError) -> Int32? {
        if state == PatternLookMachine.failed { return nil }
        if state == PatternLookMachine.fulfilled { return set }
        var pairs = members[Int(set)]
        var index = 0
        while index < pairs.count, (pairs[index], pairs[index + 1]) < (look, state) { index += 2 }
        if index < pairs.count, (pairs[index], pairs[index + 1]) == (look, state) { return set }
        pairs.insert(contentsOf: [look, state], at: index)
        return try number(of: pairs)
    }

    /// The set after a scalar of a class; nil if one of its lookaheads fails.
    mutating func stepping(_ set: Int32, by column: Int) throws(StringAutomatonError) -> Int32? {
        if set == 0 { return 0 }
        let key = Int(set) << 16 | column
        if let known = steps[key] { return known < 0 ? nil : known }
        var result: Int32? = 0
        let pairs = members[Int(set)]
        for index in stride(from: 0, to: pairs.count, by: 2) {
            guard let current = result else { break }
            let state = machines[Int(pairs[index])].next(pairs[index + 1], by: column)
            result = try adding(pairs[index], state, to: current)
        }
        steps[key] = result ?? -1
        return result
    }

    /// Whether all of the set hold if the text ends here.
    func holdAtEnd(_ set: Int32) -> Bool {
        let pairs = members[Int(set)]
        return stride(from: 0, to: pairs.count, by: 2).allSatisfy { machines[Int(pairs[$0])].holdsAtEnd(pairs[$0 + 1]) }
    }

    private mutating func number(of pairs: [Int32]) throws(StringAutomatonError) -> Int32 {
        if let number = numbers[pairs] { return number }
        guard members.count < Self.maximumCount else {
            throw StringAutomatonError(reason: "has lookaheads that leave too many cases open at once")
        }
        let number = Int32(members.count)
        numbers[pairs] = number
        members.append(pairs)
        return number
    }
}
