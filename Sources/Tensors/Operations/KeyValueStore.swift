/// Keys and values of one decoder layer: two blocks (keyValueHeads, capacity, headDimension).
public struct KeyValueStore: Sendable {
    public let keyValueHeads: Int
    public let headDimension: Int
    public private(set) var capacity: Int
    var keys: Matrix
    var values: Matrix

    /// An empty store; it grows with `reserve`.
    public init(shape: AttentionShape) {
        keyValueHeads = shape.keyValueHeads
        headDimension = shape.headDimension
        capacity = 0
        keys = Matrix(uninitializedRows: 0, columns: shape.headDimension)
        values = Matrix(uninitializedRows: 0, columns: shape.headDimension)
    }

    /// Makes room for `capacity` positions, keeping the first `count`; false if the system has not enough memory.
    public mutating func reserve(_ capacity: Int, keeping count: Int) -> Bool {
        guard capacity > self.capacity else { return true }
        guard let newKeys = grown(keys, to: capacity, keeping: count),
            let newValues = grown(values, to: capacity, keeping: count)
        else { return false }
        keys = newKeys
        values = newValues
        self.capacity = capacity
        return true
    }

    private func grown(_ old: Matrix, to capacity: Int, keeping count: Int) -> Matrix? {
        guard var new = Matrix(checkedRows: keyValueHeads * capacity, columns: headDimension) else { return nil }
        let to = new.mutablePointer()
        let kept = min(count, self.capacity) * headDimension
        for head in 0..<keyValueHeads {
            (to + head * capacity * headDimension).update(
                from: old.pointer + head * self.capacity * headDimension, count: kept)
        }
        return new
    }
}
