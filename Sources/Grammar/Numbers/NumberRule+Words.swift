/// Listing and counting continuations. Each is a different value only where spellings are unique.
extension NumberRule {
    /// Most bytes tried while listing words of lengths that few of the branches have.
    private static let maximumSteps = 1 << 20

    /// How many continuations there are from here within the limits, at most `limit`; takes time in proportion to it.
    func wordCount(_ state: Int32, count: Int32, limit: Int) -> Int {
        var words = 0
        var open = [(state: state, count: count)]
        // No branch is without an end, so the search is never in vain.
        while words < limit, let here = open.popLast() {
            if canEnd(here.state) { words += 1 }
            for column in (0..<NumberSymbol.count).reversed() {
                if let next = step(here.state, count: here.count, NumberSymbol.byte(of: column)) { open.append(next) }
            }
        }
        return words
    }

    /// Up to `limit` continuations from here within the limits, the shortest first, those of a length by their bytes.
    func words(_ state: Int32, count: Int32, limit: Int) -> [[UInt8]] {
        let total = wordCount(state, count: count, limit: limit)
        var words: [[UInt8]] = []
        var endings = NumberEndings(rule: self)
        var steps = 0
        var length = shortest(state)
        while words.count < total && steps < Self.maximumSteps {
            endings.extend(to: length)
            appendWords(of: length, from: (state, count), total, endings, &steps, to: &words)
            length += 1
            steps += 1
        }
        return words
    }

    private func appendWords(
        of length: Int, from start: (state: Int32, count: Int32), _ total: Int, _ endings: NumberEndings,
        _ steps: inout Int, to words: inout [[UInt8]]
    ) {
        var open = [(state: start.state, count: start.count, depth: 0, byte: UInt8(0))]
        var word: [UInt8] = []
        while words.count < total, steps < Self.maximumSteps, let here = open.popLast() {
            steps += 1
            if here.depth > 0 {
                word.removeLast(word.count - (here.depth - 1))
                word.append(here.byte)
            }
            if here.depth == length {
                words.append(word)
                continue
            }
            for column in (0..<NumberSymbol.count).reversed() {
                let byte = NumberSymbol.byte(of: column)
                guard let next = step(here.state, count: here.count, byte),
                    endings.canEnd(next.state, after: length - here.depth - 1)
                else { continue }
                open.append((next.state, next.count, here.depth + 1, byte))
            }
        }
    }
}
