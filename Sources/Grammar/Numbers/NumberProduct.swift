/// Numbers the tuples of states that a product of automata reaches, in the order they are met.
struct NumberProduct {
    /// Whether a tuple can be told by a single word; no other may be numbered.
    let fitsKey: Bool
    private(set) var count = 0
    private let strides: [UInt64]
    private let firstState: Int
    private var tuples: [Int] = []
    /// Open addressing over a power of two of slots, at most half of them taken; -1 is free.
    private var slots = [Int32](repeating: -1, count: 128)
    private var keys: [UInt64] = []

    /// A product of automata with `counts` states; its own states are numbered from `firstState`.
    init(counts: [Int], firstState: Int) {
        var strides: [UInt64] = []
        var stride: UInt64 = 1
        var fits = true
        for count in counts {
            strides.append(stride)
            let (product, overflow) = stride.multipliedReportingOverflow(by: UInt64(count))
            stride = product
            fits = fits && !overflow
        }
        self.strides = strides
        self.firstState = firstState
        fitsKey = fits
    }

    func copyComponents(_ index: Int, to tuple: inout [Int]) {
        for part in strides.indices { tuple[part] = tuples[index * strides.count + part] }
    }

    /// The state of `tuple`, a new one if it was not met before.
    mutating func state(of tuple: [Int]) -> Int32 {
        var key: UInt64 = 0
        for part in tuple.indices { key &+= UInt64(tuple[part]) &* strides[part] }
        let slot = slot(of: key)
        if slots[slot] >= 0 { return Int32(truncatingIfNeeded: firstState) + slots[slot] }
        slots[slot] = Int32(truncatingIfNeeded: count)
        keys.append(key)
        tuples += tuple
        count += 1
        if count * 2 > slots.count { grow() }
        return Int32(truncatingIfNeeded: firstState + count - 1)
    }

    /// Where `key` is, or the free slot where it belongs.
    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.count - 1)
        while slots[slot] >= 0 && keys[Int(slots[slot])] != key { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for index in keys.indices { slots[slot(of: keys[index])] = Int32(truncatingIfNeeded: index) }
    }
}
