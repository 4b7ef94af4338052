/// A finite set of absolute values, as a trie of their canonical spellings that sees through trailing zeros.
struct DecimalTrie: Hashable, Sendable {
    /// Whether the values are those refused, or the only ones allowed.
    let isExcluding: Bool
    private var children: [Int32] = []
    private var isValue: [Bool] = []
    private var isFraction: [Bool] = []

    init(_ values: [Decimal], isExcluding: Bool) {
        self.isExcluding = isExcluding
        _ = addNode(isFraction: false)
        for value in values { insert(value) }
        // What equals a value still does after a zero in the fraction. Parents precede their children.
        let zero = NumberSymbol.digits.lowerBound
        for node in isValue.indices where isValue[node] && isFraction[node] {
            let child = Int(children[node * NumberSymbol.count + zero])
            if child > 0 { isValue[child] = true }
        }
    }

    var stateCount: Int { trailingZeros + 1 }
    /// The state of all texts that begin no value.
    private var outside: Int { isValue.count }
    /// The state of a value and zeros that no other value begins with.
    private var trailingZeros: Int { outside + 1 }

    func accepts(_ state: Int) -> Bool { isValue(state) != isExcluding }

    func next(_ state: Int, _ symbol: Int) -> Int? {
        if state < outside {
            let child = Int(children[state * NumberSymbol.count + symbol])
            if child > 0 { return child }
        }
        let isZero = symbol == NumberSymbol.digits.lowerBound
        if isZero && isValue(state) && (state > outside || isFraction[state]) { return trailingZeros }
        return isExcluding ? outside : nil
    }

    private func isValue(_ state: Int) -> Bool { state < outside ? isValue[state] : state == trailingZeros }

    private mutating func addNode(isFraction: Bool) -> Int {
        children += Array(repeating: 0, count: NumberSymbol.count)
        isValue.append(false)
        self.isFraction.append(isFraction)
        return isValue.count - 1
    }

    private mutating func insert(_ value: Decimal) {
        var node = 0
        for byte in value.magnitude.plainText { node = child(of: node, byte) }
        isValue[node] = true
        if !isFraction[node] {
            let point = child(of: node, UInt8(ascii: "."))
            isValue[point] = true
        }
    }

    private mutating func child(of node: Int, _ byte: UInt8) -> Int {
        guard let column = NumberSymbol.column(of: byte) else { return node }
        let slot = node * NumberSymbol.count + column
        if children[slot] > 0 { return Int(children[slot]) }
        let child = addNode(isFraction: isFraction[node] || column == NumberSymbol.point)
        children[slot] = Int32(truncatingIfNeeded: child)
        return child
    }
}
