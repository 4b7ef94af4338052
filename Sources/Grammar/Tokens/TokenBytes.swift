/// The bytes of all tokens in one buffer.
struct TokenBytes: Sendable {
    let storage: [UInt8]
    /// Token `id` has the bytes from `offsets[id]` up to `offsets[id + 1]`; control tokens have none.
    let offsets: [Int]

    var count: Int { offsets.count - 1 }

    init(_ tokens: [[UInt8]?]) {
        var storage: [UInt8] = []
        var offsets: [Int] = [0]
        storage.reserveCapacity(8 * tokens.count)
        offsets.reserveCapacity(tokens.count + 1)
        for token in tokens {
            if let token { storage += token }
            offsets.append(storage.count)
        }
        self.storage = storage
        self.offsets = offsets
    }

    func range(of token: Int32) -> Range<Int> { offsets[Int(token)]..<offsets[Int(token) + 1] }

    /// How many bytes the two tokens have in common at their beginning.
    func commonLength(_ first: Int32, _ second: Int32) -> Int {
        let (left, right) = (range(of: first), range(of: second))
        let limit = min(left.count, right.count)
        var common = 0
        while common < limit, storage[left.lowerBound + common] == storage[right.lowerBound + common] { common += 1 }
        return common
    }

    /// The tokens of one to `maximumLength` bytes, in ascending order of these, then of their ids.
    func sorted(maximumLength: Int) -> [Int32] {
        var entries: [(prefix: UInt64, token: Int32)] = []
        entries.reserveCapacity(count)
        for token in 0..<Int32(count) {
            let range = range(of: token)
            guard !range.isEmpty, range.count <= maximumLength else { continue }
            var prefix: UInt64 = 0
            for byte in storage[range.prefix(8)] { prefix = prefix << 8 | UInt64(byte) }
            entries.append((prefix << UInt64(64 - 8 * min(range.count, 8)), token))
        }
        // The first eight bytes as a number tell nearly all tokens apart.
        entries.sort { left, right in
            left.prefix == right.prefix ? precedes(left.token, right.token) : left.prefix < right.prefix
        }
        return entries.map(\.token)
    }

    private func precedes(_ first: Int32, _ second: Int32) -> Bool {
        let (left, right) = (range(of: first), range(of: second))
        let common = commonLength(first, second)
        if common < left.count, common < right.count {
            return storage[left.lowerBound + common] < storage[right.lowerBound + common]
        }
        return left.count == right.count ? first < second : left.count < right.count
    }
}
