extension StringRule {
    private static let maximumNodeCount = 200_000

    /// One code point of a word in the making, and what came before it.
    private struct Node {
        let parent: Int
        let scalar: UInt32
        let state: Int32
        let count: Int
        /// Bytes up to here.
        let size: Int
    }

    /// Up to `limit` different members that continue from here, by their number of bytes and then by their bytes.
    ///
    /// Where finding them takes too many steps, as for words of many hundred characters, fewer than there are; but one.
    func shortestWords(_ state: Int32, count: Int, limit: Int) -> [[UInt8]] {
        guard limit > 0, isLive(state, count: count) else { return [] }
        let words = firstWords(state, count: count, limit: limit)
        guard words.isEmpty else { return words }
        var word: [UInt8] = []
        appendShortest(state, count: count, to: &word)
        return [word]
    }

    private func firstWords(_ state: Int32, count: Int, limit: Int) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var nodes = [Node(parent: -1, scalar: 0, state: state, count: count, size: 0)]
        // Nodes by the size of their shortest words, which are found when it is the turn of that size.
        var waiting = [shortest(state, count: count): [0]]
        while let size = waiting.keys.min(), let roots = waiting.removeValue(forKey: size) {
            let sorted = roots.map { (bytes: Self.bytes(of: $0, nodes), node: $0) }
                .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
            for root in sorted {
                var stack = [root.node]
                while let index = stack.popLast() {
                    let node = nodes[index]
                    if node.size == size, canEnd(node.state, count: node.count) {
                        words.append(Self.bytes(of: index, nodes))
                        if words.count == limit { return words }
                    }
                    guard nodes.count < Self.maximumNodeCount else { return words }
                    var children: [Int] = []
                    forEachFirst(limit, from: node.state) { scalar, target in
                        guard isLive(target, count: node.count + 1) else { return }
                        let reached = node.size + CanonicalBytes.count(of: scalar)
                        let total = reached + shortest(target, count: node.count + 1)
                        nodes.append(
                            Node(parent: index, scalar: scalar, state: target, count: node.count + 1, size: reached))
                        if total == size {
                            children.append(nodes.count - 1)
                        } else {
                            waiting[total, default: []].append(nodes.count - 1)
                        }
                    }
                    stack += children.reversed()
                }
            }
        }
        return words
    }

    private static func bytes(of node: Int, _ nodes: [Node]) -> [UInt8] {
        var scalars: [UInt32] = []
        var index = node
        while nodes[index].parent >= 0 {
            scalars.append(nodes[index].scalar)
            index = nodes[index].parent
        }
        return scalars.reversed().flatMap { CanonicalBytes(of: $0) }
    }

    /// Scalars that lead on from `state`, in the order of their bytes; of those that behave alike only the first ones.
    private func forEachFirst(_ limit: Int, from state: Int32, _ body: (UInt32, Int32) -> Void) {
        let classes = automaton.classes
        // Bytes in a JSON string are one to six.
        var seen = [Int](repeating: 0, count: classes.count * 7)
        for scalar in Self.asciiOrder {
            let target = automaton.next(state, scalar)
            let kind = classes.classIndex(of: scalar) * 7 + CanonicalBytes.count(of: scalar)
            seen[kind] += 1
            if target >= 0, seen[kind] <= limit { body(scalar, target) }
        }
        for run in classes.starts.indices {
            let target = automaton.transitions[Int(state) * classes.count + Int(classes.classes[run])]
            guard target >= 0 else { continue }
            for segment in [0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF] as [ClosedRange<UInt32>]
            where segment.overlaps(classes.range(ofRun: run)) {
                for scalar in classes.range(ofRun: run).clamped(to: segment).prefix(limit) { body(scalar, target) }
            }
        }
    }

    /// ASCII in the order of its bytes in a JSON string.
    private static let asciiOrder = (UInt32(0)..<128).sorted {
        CanonicalBytes(of: $0).lexicographicallyPrecedes(CanonicalBytes(of: $1))
    }
}
