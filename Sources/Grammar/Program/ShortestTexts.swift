import Synchronization

/// The shortest texts of what must differ, elements of an array or names of an object: they are needed again and again.
final class ShortestTexts: Sendable {
    private let known = Mutex<[Int32: (limit: Int, texts: [[UInt8]])]>([:])

    /// At most `limit` texts of a value or rule; `make` finds as many as it is asked for.
    func texts(of value: Int32, limit: Int, _ make: (Int) -> [[UInt8]]) -> [[UInt8]] {
        if let entry = known.withLock({ $0[value] }), entry.limit >= limit { return Array(entry.texts.prefix(limit)) }
        // Some more, as the next question will be for one more.
        let generous = limit + max(16, limit / 2)
        let texts = make(generous)
        known.withLock { $0[value] = (generous, texts) }
        return Array(texts.prefix(limit))
    }
}
