extension PushdownMachine {
    /// Of a walk over a trie: the configurations after a prefix, and what was there before them.
    private struct Level {
        var configurations: Range<Int>
        var mark: Mark
    }

    /// Adds the tokens below some nodes of a trie that may follow, and after which an ending of at most `limit` bytes exists.
    ///
    /// The last configurations, from `start` on, are those after the nodes' parent.
    /// Cost: one step for each prefix of a token that is allowed, and for each that is one byte longer.
    mutating func addTokens(
        of trie: TokenTrie, below nodes: Range<Int>, parentDepth: Int = 0, from start: Int, limit: Int,
        into mask: inout TokenMask
    ) {
        let whole = start..<configurationCount
        let before = mark
        var levels = InlineArray<256, Level>(repeating: Level(configurations: whole, mark: before))
        var index = nodes.lowerBound
        while index < nodes.upperBound {
            let node = trie.nodes[index]
            let parent = levels[Int(node.depth) - 1]
            configurationCount = parent.configurations.upperBound
            goBack(to: parent.mark)
            let first = configurationCount
            stepAll(parent.configurations, node.byte)
            if configurationCount == first {
                index = Int(node.subtreeEnd)
                continue
            }
            if node.token >= 0, limit == .max || isWithin(limit, first..<configurationCount) {
                mask.insert(Int(node.token))
            }
            levels[Int(node.depth)] = Level(configurations: first..<configurationCount, mark: mark)
            index += 1
        }
        configurationCount = whole.upperBound
        goBack(to: before)
    }

    /// Whether bytes may follow a configuration and leave an ending of at most `limit` bytes.
    mutating func leadsOn(_ configuration: Configuration, _ bytes: some Sequence<UInt8>, limit: Int) -> Bool {
        let before = configurationCount
        let mark = mark
        defer {
            configurationCount = before
            goBack(to: mark)
        }
        emit(configuration)
        var start = before
        for byte in bytes {
            let end = configurationCount
            stepAll(start..<end, byte)
            guard configurationCount > end else { return false }
            start = end
        }
        return limit == .max || isWithin(limit, start..<configurationCount)
    }

    /// Whether one of the configurations has an ending of at most `limit` bytes.
    mutating func isWithin(_ limit: Int, _ range: Range<Int>) -> Bool {
        for index in range where shortest(configurations[index]) <= limit { return true }
        return false
    }
}
