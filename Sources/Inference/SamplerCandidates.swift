/// A token that may be drawn.
struct Candidate: Sendable {
    let token: Int32
    /// Its logit, then its weight.
    var value: Float

    /// Likelier ones come first, of equally likely ones the lowest.
    func precedes(_ other: Candidate) -> Bool {
        value > other.value || value == other.value && token < other.token
    }
}

/// The tokens that may be drawn, in ascending order, whatever way they were found: so that a random number stands for
/// the same token in every version of the search.
struct Candidates: Sendable {
    /// Room for a whole vocabulary; those from `count` on mean nothing.
    private var storage: [Candidate] = []
    private(set) var count = 0
    private var scratch: [Candidate] = []

    /// So many are collected, when only the likeliest few are wanted, before the others are given up.
    private static let leastRoom = 1024

    subscript(index: Int) -> Candidate { storage[index] }

    /// Collects the tokens with logits of `lowest` and more.
    ///
    /// Reads the logits at the speed of memory: only words of the mask with a logit that large are looked into.
    ///
    /// - Parameter most: how many of the likeliest, and those that equal the last; 0: all.
    mutating func collect(
        _ logits: Span<Float>, _ words: Span<UInt64>, alternative: Int?, lowest: Float, most: Int
    ) {
        count = 0
        if storage.count <= logits.count {
            storage = Array(repeating: Candidate(token: 0, value: 0), count: logits.count + 1)
        }
        let most = most > 0 && most < logits.count ? most : .max
        var bound = lowest
        var room = most == .max ? .max : max(2 * most, Self.leastRoom)
        for index in 0..<min(words.count, (logits.count + 63) / 64) where words[index] != 0 {
            let end = min((index + 1) << 6, logits.count)
            add(logits.extracting((index << 6)..<end), first: index << 6, words[index], bound: bound)
            // Whenever there are twice as many as wanted, the smallest logit that is still of use is found anew.
            guard count >= room else { continue }
            bound = keep(most)
            // Many may equal the last.
            room = max(room, 2 * count)
        }
        if let alternative, logits[alternative] >= bound {
            storage[count] = Candidate(token: Int32(truncatingIfNeeded: alternative), value: logits[alternative])
            count += 1
        }
        if count > most { _ = keep(most) }
    }

    /// Adds those of up to 64 tokens that have a bit in `word` and a logit of `bound` or more; free of branches where
    /// there are any.
    @inline(__always)
    private mutating func add(_ logits: Span<Float>, first: Int, _ word: UInt64, bound: Float) {
        var isLarge: Int32 = 0
        for lane in logits.indices { isLarge |= logits[lane] >= bound ? 1 : 0 }
        guard isLarge != 0 else { return }
        var end = count
        var added = storage.mutableSpan
        for lane in logits.indices {
            added[end] = Candidate(token: Int32(truncatingIfNeeded: first + lane), value: logits[lane])
            let isAllowed = word >> UInt64(truncatingIfNeeded: lane) & 1
            end += logits[lane] >= bound ? Int(truncatingIfNeeded: isAllowed) : 0
        }
        count = end
    }

    /// Keeps so many of the likeliest, and those that equal the last of them, whose value it gives.
    private mutating func keep(_ most: Int) -> Float {
        scratch.removeAll(keepingCapacity: true)
        scratch += storage[..<count]
        let last = scratch.last(reaching: Double(most)) { _ in 1 }?.value ?? -.infinity
        filter { $0.value >= last }
        return last
    }

    /// Replaces each logit by its weight, exp((logit - best) / temperature), and leaves out those of less than `least`.
    ///
    /// - Parameter best: the largest of the logits.
    mutating func weigh(best: Float, temperature: Float, least: Float) {
        let count = count
        var weighed = storage.mutableSpan
        for index in 0..<min(count, weighed.count) {
            weighed[index].value = Exponential.of((weighed[index].value - best) / temperature)
        }
        if least > 0 { filter { $0.value >= least } }
    }

    /// Of all weights.
    var sum: Double {
        var sum = 0.0
        for index in 0..<count { sum += Double(storage[index].value) }
        return sum
    }

    /// Keeps the fewest of the likeliest that have a share of all weight.
    mutating func keepNucleus(share: Double) {
        let sum = sum
        // All that are lighter than this have less than the share together that is taken away: most of a vocabulary
        // need not be put in order.
        let light = Float((1 - share) * sum / Double(max(1, count))).nextDown
        scratch.removeAll(keepingCapacity: true)
        for index in 0..<count where storage[index].value >= light { scratch.append(storage[index]) }
        guard let last = scratch.last(reaching: share * sum, { Double($0.value) }) else { return }
        filter { !last.precedes($0) }
    }

    private mutating func filter(_ isKept: (Candidate) -> Bool) {
        var kept = 0
        for index in 0..<count {
            let candidate = storage[index]
            storage[kept] = candidate
            kept += isKept(candidate) ? 1 : 0
        }
        count = kept
    }
}

extension Array<Candidate> {
    /// The last of the likeliest candidates whose masses together reach a target; the last of all if they do not.
    ///
    /// Reorders them. Quickselect (Hoare, "Algorithm 65: Find", 1961) by mass: each round looks into one side of a
    /// pivot, so that all rounds together look at some three times as many as there are; where pivots are poor, what is
    /// left is sorted.
    @inline(__always)
    fileprivate mutating func last(reaching target: Double, _ mass: (Candidate) -> Double) -> Candidate? {
        var low = 0
        var high = count
        var before = 0.0
        var rounds = 0
        while high - low > 16, rounds < 40 {
            rounds += 1
            let pivot = median(self[low], self[low + (high - low) / 2], self[high - 1])
            var middle = low
            var inFront = 0.0
            for index in low..<high where self[index].precedes(pivot) {
                inFront += mass(self[index])
                swapAt(index, middle)
                middle += 1
            }
            if before + inFront >= target {
                high = middle
            } else if middle == low {
                // The pivot is the first of those that are left.
                guard let place = self[low..<high].firstIndex(where: { $0.token == pivot.token }) else { break }
                swapAt(place, low)
                before += mass(pivot)
                if before >= target { return pivot }
                low += 1
            } else {
                before += inFront
                low = middle
            }
        }
        self[low..<high].sort { $0.precedes($1) }
        for candidate in self[low..<high] {
            before += mass(candidate)
            if before >= target { return candidate }
        }
        return high > 0 ? self[high - 1] : nil
    }

    private func median(_ a: Candidate, _ b: Candidate, _ c: Candidate) -> Candidate {
        if a.precedes(b) {
            return b.precedes(c) ? b : (a.precedes(c) ? c : a)
        }
        return a.precedes(c) ? a : (b.precedes(c) ? c : b)
    }
}
