/// Numbers short sequences of integers in the order of their first mention; all lie in one array.
struct PatternKernels {
    private(set) var storage: [Int32] = []
    private var ends: [Int] = []
    /// Open addressing over a power of two; -1 is free.
    private var slots = [Int32](repeating: -1, count: 64)

    var count: Int { ends.count }

    func range(of number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    /// The number of `kernel`.
    mutating func number(of kernel: [Int32]) -> Int32 {
        if (count + 1) * 2 > slots.count { grow() }
        var slot = Self.hash(kernel[...]) & (slots.count - 1)
        while slots[slot] >= 0 {
            if storage[range(of: Int(slots[slot]))].elementsEqual(kernel) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(count)
        slots[slot] = number
        storage += kernel
        ends.append(storage.count)
        return number
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for number in 0..<count {
            var slot = Self.hash(storage[range(of: number)]) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    private static func hash(_ kernel: ArraySlice<Int32>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for value in kernel { hash = (hash ^ UInt64(UInt32(bitPattern: value))) &* 0x9E37_79B9_7F4A_7C15 }
        return Int(truncatingIfNeeded: hash >> 20)
    }
}
