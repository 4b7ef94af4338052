/// A partition of all Unicode scalars into classes that an automaton does not tell apart.
///
/// Stored as runs of neighbouring scalars of one class. Surrogates lie inside runs but count nowhere.
struct ScalarClasses: Hashable, Sendable {
    /// The first scalar of each run, from 0 up.
    private(set) var starts: [UInt32]
    /// The class of each run.
    private(set) var classes: [UInt16]
    /// The class of each ASCII character.
    private(set) var ascii: [UInt16]
    private(set) var count: Int

    /// One class that holds everything.
    static let single = ScalarClasses(starts: [0], classes: [0], count: 1)
    static let maximumCount = 4096

    private init(starts: [UInt32], classes: [UInt16], count: Int) {
        self.starts = starts
        self.classes = classes
        self.count = count
        ascii = [UInt16](repeating: 0, count: 128)
        for (run, start) in starts.enumerated() where start < 128 {
            let end = run + 1 < starts.count ? min(starts[run + 1], 128) : 128
            for scalar in start..<end { ascii[Int(scalar)] = classes[run] }
        }
    }

    /// The class of a scalar.
    func classIndex(of scalar: UInt32) -> Int {
        scalar < 128 ? Int(ascii[Int(scalar)]) : Int(classes[run(of: scalar)])
    }

    /// The run that holds a scalar.
    func run(of scalar: UInt32) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= scalar { low = middle } else { high = middle }
        }
        return low
    }

    /// The scalars of a run; surrogates may be among them.
    func range(ofRun run: Int) -> ClosedRange<UInt32> {
        starts[run]...(run + 1 < starts.count ? starts[run + 1] - 1 : 0x10FFFF)
    }

    /// The number of scalars in each class.
    func sizes() -> [Int] {
        var sizes = [Int](repeating: 0, count: count)
        for run in starts.indices {
            let range = range(ofRun: run)
            let surrogates = range.contains(0xD800) ? 0x800 : 0
            sizes[Int(classes[run])] += range.count - surrogates
        }
        return sizes
    }

    /// The coarsest partition that tells all of `sets` apart; `members[set * count + class]` says which set holds
    /// which.
    static func separating(_ sets: [ScalarSet]) throws(StringAutomatonError) -> (Self, members: [Bool]) {
        var events: [(position: UInt32, set: Int)] = []
        for (index, set) in sets.enumerated() {
            for range in set.ranges {
                events.append((range.lowerBound, index))
                // A range that ends before the surrogates ends behind them: they belong to no class of their own.
                let end = range.upperBound + 1
                events.append((end == 0xD800 ? 0xE000 : end, index))
            }
        }
        guard events.count * (sets.count / 64 + 1) <= StringAutomaton.maximumTransitionCount else { throw .tooLarge }
        events.sort { $0.position < $1.position }
        var signature = [UInt64](repeating: 0, count: (sets.count + 63) / 64)
        var known: [[UInt64]: UInt16] = [:]
        var signatures: [[UInt64]] = []
        var starts: [UInt32] = []
        var classes: [UInt16] = []
        var next = 0
        var position: UInt32 = 0
        while position <= 0x10FFFF {
            while next < events.count, events[next].position == position {
                signature[events[next].set >> 6] ^= 1 << UInt64(events[next].set & 63)
                next += 1
            }
            let index: UInt16
            if let found = known[signature] {
                index = found
            } else {
                guard signatures.count < maximumCount else {
                    throw StringAutomatonError(reason: "tells more than \(maximumCount) classes of characters apart")
                }
                index = UInt16(signatures.count)
                known[signature] = index
                signatures.append(signature)
            }
            if classes.last != index {
                starts.append(position)
                classes.append(index)
            }
            position = next < events.count ? events[next].position : .max
        }
        guard sets.count * signatures.count <= StringAutomaton.maximumTransitionCount else { throw .tooLarge }
        var members = [Bool](repeating: false, count: sets.count * signatures.count)
        for set in sets.indices {
            for (index, signature) in signatures.enumerated() {
                members[set * signatures.count + index] = signature[set >> 6] >> UInt64(set & 63) & 1 == 1
            }
        }
        return (ScalarClasses(starts: starts, classes: classes, count: signatures.count), members)
    }

    /// The coarsest partition finer than both, and the classes of both that each of its classes lies in.
    func merged(with other: Self) throws(StringAutomatonError) -> (Self, left: [Int], right: [Int]) {
        if self == other { return (self, Array(0..<count), Array(0..<count)) }
        guard count * other.count <= StringAutomaton.maximumTransitionCount else { throw .tooLarge }
        var known = [Int](repeating: -1, count: count * other.count)
        var pairs: [(left: Int, right: Int)] = []
        var starts: [UInt32] = []
        var classes: [UInt16] = []
        var (own, theirs) = (0, 0)
        while own < self.starts.count, theirs < other.starts.count {
            let pair = (left: Int(self.classes[own]), right: Int(other.classes[theirs]))
            let slot = pair.left * other.count + pair.right
            if known[slot] < 0 {
                guard pairs.count < Self.maximumCount else { throw .tooLarge }
                known[slot] = pairs.count
                pairs.append(pair)
            }
            let index = UInt16(known[slot])
            if classes.last != index {
                starts.append(max(self.starts[own], other.starts[theirs]))
                classes.append(index)
            }
            let ownEnd = range(ofRun: own).upperBound
            let theirEnd = other.range(ofRun: theirs).upperBound
            if ownEnd <= theirEnd { own += 1 }
            if theirEnd <= ownEnd { theirs += 1 }
        }
        return (
            ScalarClasses(starts: starts, classes: classes, count: pairs.count), pairs.map(\.left), pairs.map(\.right)
        )
    }

    /// Classes joined as `group[class]` says, numbered in the order of their first scalars; `order` has an old class
    /// for each new one.
    func joined(by group: [Int]) -> (Self, order: [Int]) {
        var numbers = [Int](repeating: -1, count: count)
        var order: [Int] = []
        var starts: [UInt32] = []
        var classes: [UInt16] = []
        for run in self.starts.indices {
            let key = group[Int(self.classes[run])]
            if numbers[key] < 0 {
                numbers[key] = order.count
                order.append(Int(self.classes[run]))
            }
            let index = UInt16(numbers[key])
            if classes.last != index {
                starts.append(self.starts[run])
                classes.append(index)
            }
        }
        return (ScalarClasses(starts: starts, classes: classes, count: order.count), order)
    }
}
