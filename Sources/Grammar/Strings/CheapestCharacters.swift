/// For each class of characters the one that takes the fewest bytes.
struct CheapestCharacters: Sendable {
    /// Fills up strings that may hold anything.
    static let filler: UInt32 = 0x2D

    let scalars: [UInt32]
    /// Bytes of each.
    let costs: [Int32]
    let spelling: StringSpelling

    init(_ classes: ScalarClasses, _ spelling: StringSpelling = .quoted) {
        self.spelling = spelling
        var scalars = [UInt32](repeating: .max, count: classes.count)
        func offer(_ scalar: UInt32, to index: UInt16) {
            if scalars[Int(index)] == .max || Self.isBetter(scalar, than: scalars[Int(index)], spelling) {
                scalars[Int(index)] = scalar
            }
        }
        for scalar in UInt32(0)..<128 { offer(scalar, to: classes.ascii[Int(scalar)]) }
        for run in classes.starts.indices {
            let range = classes.range(ofRun: run)
            // Behind ASCII the first scalar of a run is as short as any of it.
            if range.upperBound >= 128 { offer(max(range.lowerBound, 128), to: classes.classes[run]) }
        }
        self.scalars = scalars
        costs = scalars.map { Int32(spelling.byteCount(of: $0)) }
    }

    /// The bytes of that of a class.
    func bytes(_ index: Int) -> CanonicalBytes { spelling.bytes(of: scalars[index]) }

    private static func isBetter(_ left: UInt32, than right: UInt32, _ spelling: StringSpelling) -> Bool {
        (spelling.byteCount(of: left), rank(left, spelling), left)
            < (spelling.byteCount(of: right), rank(right, spelling), right)
    }

    /// Among equals the filler is preferred, then letters and digits: what is cut short shall be readable.
    private static func rank(_ scalar: UInt32, _ spelling: StringSpelling) -> Int {
        switch scalar {
        case filler: 0
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: 1
        case ..<0x20, 0x7F: spelling == .plain ? 3 : 2
        default: 2
        }
    }
}

/// The transitions of an automaton without their characters: the fewest bytes from state to state.
struct StringEdges {
    private var offsets: [Int] = [0]
    private(set) var targets: [Int32] = []
    private(set) var costs: [Int32] = []

    init(_ automaton: StringAutomaton, _ characters: CheapestCharacters) {
        let width = automaton.classes.count
        for state in 0..<automaton.stateCount {
            let first = targets.count
            for column in 0..<width {
                let target = automaton.transitions[state * width + column]
                guard target >= 0 else { continue }
                if let known = targets[first...].firstIndex(of: target) {
                    costs[known] = min(costs[known], characters.costs[column])
                } else {
                    targets.append(target)
                    costs.append(characters.costs[column])
                }
            }
            offsets.append(targets.count)
        }
    }

    var stateCount: Int { offsets.count - 1 }

    /// Positions of the edges of a state.
    subscript(state: Int) -> Range<Int> { offsets[state]..<offsets[state + 1] }

    /// Fewest bytes from each state to an accepting one, all characters costing what `costs` says (Dial, "Algorithm
    /// 360", 1969).
    func cheapest(accepting: [Bool]) -> [Int32] {
        var sources = [[(state: Int32, cost: Int32)]](repeating: [], count: stateCount)
        for state in 0..<stateCount {
            for edge in self[state] { sources[Int(targets[edge])].append((Int32(state), costs[edge])) }
        }
        var cheapest = [Int32](repeating: .max, count: stateCount)
        // No edge costs more than six: seven buckets in turn hold all that is open.
        var buckets = [[Int32]](repeating: [], count: 7)
        for state in accepting.indices where accepting[state] {
            cheapest[state] = 0
            buckets[0].append(Int32(state))
        }
        var distance: Int32 = 0
        var open = buckets[0].count
        while open > 0 {
            let bucket = buckets[Int(distance % 7)]
            buckets[Int(distance % 7)] = []
            open -= bucket.count
            for state in bucket where cheapest[Int(state)] == distance {
                for source in sources[Int(state)] where distance + source.cost < cheapest[Int(source.state)] {
                    cheapest[Int(source.state)] = distance + source.cost
                    buckets[Int((distance + source.cost) % 7)].append(source.state)
                    open += 1
                }
            }
            distance += 1
        }
        return cheapest
    }
}
