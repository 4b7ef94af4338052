extension AutomatonTable {
    /// Joins states that no word tells apart (Hopcroft, "An n log n algorithm for minimizing states", 1971).
    ///
    /// States that cannot reach a label must be gone: a missing transition counts as different from every other.
    func minimized() -> AutomatonTable {
        guard stateCount > 1 else { return self }
        let blockOf = equivalenceClasses()
        let width = classes.count
        var numbers = [Int32](repeating: -1, count: stateCount)
        var representatives: [Int] = []
        // The start's block comes first.
        for state in 0..<stateCount where numbers[Int(blockOf[state])] < 0 {
            numbers[Int(blockOf[state])] = Int32(representatives.count)
            representatives.append(state)
        }
        if representatives.count == stateCount { return self }
        var table = AutomatonTable(classes: classes, transitions: [], labels: representatives.map { labels[$0] })
        table.transitions.reserveCapacity(representatives.count * width)
        for state in representatives {
            for target in transitions[state * width..<(state + 1) * width] {
                table.transitions.append(target < 0 ? -1 : numbers[Int(blockOf[Int(target)])])
            }
        }
        return table
    }

    /// The number of the block of equivalent states that each state is in.
    func equivalenceClasses() -> [Int32] {
        let sources = TransitionSources(self)
        var partition = StatePartition(labels: labels)
        var work = Array(0..<partition.blockCount)
        var isWaiting = [Bool](repeating: true, count: stateCount)
        while let block = work.popLast() {
            isWaiting[block] = false
            let splitter = partition.states(in: block)
            for column in 0..<classes.count {
                for target in splitter {
                    for source in sources.into(Int(target), by: column) { partition.mark(Int(source)) }
                }
                // The new block is the smaller half, so adding it is right whether or not the other one waits.
                partition.splitMarked { newBlock in
                    isWaiting[newBlock] = true
                    work.append(newBlock)
                }
            }
        }
        return partition.blockOf
    }
}

/// A partition of states that can be refined: states of a block lie side by side, the marked ones first.
private struct StatePartition {
    private(set) var blockOf: [Int32]
    private(set) var blockCount = 0
    private var elements: [Int32]
    private var locations: [Int32]
    private var starts: [Int]
    private var ends: [Int]
    private var marks: [Int]
    private var touched: [Int] = []

    init(labels: [UInt64]) {
        let count = labels.count
        blockOf = [Int32](repeating: 0, count: count)
        elements = []
        elements.reserveCapacity(count)
        locations = [Int32](repeating: 0, count: count)
        starts = [Int](repeating: 0, count: count)
        ends = starts
        marks = starts
        var blocks: [UInt64: Int] = [:]
        var members: [[Int32]] = []
        for (state, label) in labels.enumerated() {
            if let block = blocks[label] {
                members[block].append(Int32(state))
            } else {
                blocks[label] = members.count
                members.append([Int32(state)])
            }
        }
        for states in members {
            starts[blockCount] = elements.count
            for state in states {
                blockOf[Int(state)] = Int32(blockCount)
                locations[Int(state)] = Int32(elements.count)
                elements.append(state)
            }
            ends[blockCount] = elements.count
            blockCount += 1
        }
    }

    func states(in block: Int) -> [Int32] { Array(elements[starts[block]..<ends[block]]) }

    mutating func mark(_ state: Int) {
        let block = Int(blockOf[state])
        if marks[block] == 0 { touched.append(block) }
        let location = Int(locations[state])
        let boundary = starts[block] + marks[block]
        guard location >= boundary else { return }
        elements.swapAt(location, boundary)
        locations[Int(elements[location])] = Int32(location)
        locations[state] = Int32(boundary)
        marks[block] += 1
    }

    /// Splits the marked states of each block from the others; tells the number of each new block.
    mutating func splitMarked(_ body: (Int) -> Void) {
        for block in touched {
            let middle = starts[block] + marks[block]
            marks[block] = 0
            guard middle < ends[block] else { continue }
            let new = blockCount
            blockCount += 1
            if middle - starts[block] <= ends[block] - middle {
                (starts[new], ends[new]) = (starts[block], middle)
                starts[block] = middle
            } else {
                (starts[new], ends[new]) = (middle, ends[block])
                ends[block] = middle
            }
            for index in starts[new]..<ends[new] { blockOf[Int(elements[index])] = Int32(new) }
            body(new)
        }
        touched.removeAll(keepingCapacity: true)
    }
}
