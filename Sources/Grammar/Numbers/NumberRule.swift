/// The texts of the numbers that satisfy some constraints, as an automaton over bytes.
///
/// Texts are those of RFC 8259, section 6, within the digit limits, less what cannot be told exactly: integers have
/// neither fraction nor exponent, and numbers with bounds, multiples or excluded values no exponent. Every text is a
/// number the constraints admit, and every state has a way to an end within the limits. A number whose text is near a
/// limit may be refused where a longer one is the shortest continuation of its first digits.
struct NumberRule: Sendable {
    static let start: Int32 = 0

    enum Automaton {
        case table(NumberTable)
        case multiples(LargeMultiples)
    }

    private let table: NumberTable
    /// The rule as arithmetic; the table is not used then.
    let multiples: LargeMultiples?

    init(_ automaton: Automaton) {
        switch automaton {
        case .table(let table):
            self.table = table
            multiples = nil
        case .multiples(let multiples):
            table = .empty
            self.multiples = multiples
        }
    }

    /// The state after `byte`; -1 if no number continues so, whatever the count of digits.
    @inline(__always)
    func next(_ state: Int32, _ byte: UInt8) -> Int32 {
        if let multiples { return multiples.next(state, byte) }
        return table.next(state, byte)
    }

    /// Whether the text may end here.
    func canEnd(_ state: Int32) -> Bool {
        if let multiples { return multiples.canEnd(state) }
        return table.canEnd(state)
    }

    /// Fewest bytes to an end.
    func shortest(_ state: Int32) -> Int {
        if let multiples { return multiples.shortest(state) }
        return table.shortest(state)
    }

    /// Appends `shortest` bytes that lead to an end, and never beyond a limit that `step` has kept so far.
    func appendShortest(_ state: Int32, to bytes: inout [UInt8]) {
        if let multiples { return multiples.appendShortest(state, to: &bytes) }
        table.appendShortest(state, to: &bytes)
    }

    /// The state and the count of digits in its phase after `byte`, of which `count` were read before; nil if no number
    /// continues so within the limits.
    @inline(__always)
    func step(_ state: Int32, count: Int32, _ byte: UInt8) -> (state: Int32, count: Int32)? {
        let next = next(state, byte)
        guard next >= 0 else { return nil }
        guard phase(next) == phase(state) else { return (next, 0) }
        guard byte &- UInt8(ascii: "0") < 10 else { return (next, count) }
        let digits = Int(count) + 1
        guard digits + need(next) <= limit(next) else { return nil }
        return (next, Int32(truncatingIfNeeded: digits))
    }

    /// Most digits in the phase of `state`.
    func limit(_ state: Int32) -> Int {
        if let multiples { return multiples.limit(state) }
        return table.limit(state)
    }

    /// Number of states; each is less than this.
    var stateCount: Int { multiples?.stateCount ?? table.stateCount }

    private func phase(_ state: Int32) -> NumberPhase {
        if let multiples { return multiples.phase(state) }
        return table.phase(state)
    }

    /// Digits of the present phase on the shortest way to an end.
    private func need(_ state: Int32) -> Int {
        if let multiples { return multiples.need(state) }
        return table.need(state)
    }
}
