extension SchemaMutator {
    /// The text with bytes changed, moved, repeated or lost.
    mutating func damaged(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0...random.below(3) {
            guard !text.isEmpty else { return text }
            let start = random.below(text.count)
            let range = start..<min(text.count, start + 1 + random.below(random.oneIn(4) ? 40 : 4))
            switch random.below(8) {
            case 0: text[start] ^= 1 << UInt8(random.below(8))
            case 1: text.removeSubrange(range)
            case 2: text.insert(contentsOf: text[range], at: start)
            case 3: text[start] = UInt8(truncatingIfNeeded: random.next())
            case 4: text.replaceSubrange(range, with: Array(random.pick(HostileValues.strings, or: "").utf8))
            case 5: text.replaceSubrange(range, with: random.pick(HostileValues.numbers, or: .null).serialized())
            case 6: text.insert(contentsOf: [UInt8](repeating: text[start], count: random.below(400)), at: start)
            default: text.removeSubrange(start...)
            }
        }
        return text
    }
}
