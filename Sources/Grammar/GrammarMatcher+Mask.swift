extension GrammarMatcher {
    /// Budgets beyond it restrict nothing: 2^40 tokens.
    private static let endlessBudget = 1 << 40

    /// Puts into `mask` the tokens that may come next such that a valid ending still fits.
    ///
    /// `mask` becomes empty if `remainingTokens` is less than `minimumBudget`, and where nothing can follow.
    /// - Parameter remainingTokens: tokens that may still be generated, the next one included; `Int.max` for no budget.
    public func fillMask(_ mask: inout TokenMask, remainingTokens: Int) {
        mask.reset(tokenCount: vocabulary.count)
        let count = machine.configurationCount
        guard remainingTokens > 0, count > 0 else { return }
        let shortest = machine.shortest(machine.configurations[machine.nearest(0..<count)])
        var firstOfEnding: Int?
        if shortest > remainingTokens || !vocabulary.missingBytes.isEmpty {
            let ending = endingTokens()
            guard let tokens = ending.count, tokens <= remainingTokens else { return }
            firstOfEnding = ending.first
        }
        // No ending is longer than this; sums with it stay far from overflow.
        let limit = min(remainingTokens, Self.endlessBudget) - 1
        guard vocabulary.missingBytes.isEmpty else {
            fillMaskTokenByToken(&mask, limit: limit)
            return
        }
        var others = machine
        others.configurationCount = 0
        for index in 0..<count {
            let configuration = machine.configurations[index]
            if configuration.kind == .string, configuration.state == StringAutomaton.boundary {
                addPlainTokens(configuration, to: &mask, limit: limit)
                var alone = machine
                alone.configurationCount = 0
                alone.emit(configuration)
                alone.addTokens(of: vocabulary.specialTrie, to: &mask, limit: limit)
            } else {
                others.emit(configuration)
            }
        }
        if others.configurationCount > 0 { others.addTokens(of: vocabulary.trie, to: &mask, limit: limit) }
        if let firstOfEnding { mask.insert(firstOfEnding) }
    }

    /// Adds the tokens that stay inside the string, by their number of code points.
    private func addPlainTokens(_ string: Configuration, to mask: inout TokenMask, limit: Int) {
        let rule = machine.program.strings[Int(string.place)]
        let masks = vocabulary.plainMasks
        let longest = min(Int(rule.maximum) - Int(string.count), masks.count - 1)
        // After k more code points the shortest ending has max(0, missing - k) + closing bytes.
        let closing = 1 + machine.tail(string.parent)
        let missing = Int(rule.minimum) - Int(string.count)
        let fewest = max(1, missing - (limit - closing))
        guard closing <= limit, fewest <= longest else { return }
        mask.formUnion(masks[longest], excluding: fewest > 1 ? masks[fewest - 1] : nil)
    }

    /// For vocabularies without all single bytes: counts the tokens of each ending instead of its bytes.
    private func fillMaskTokenByToken(_ mask: inout TokenMask, limit: Int) {
        var candidates = TokenMask(tokenCount: vocabulary.count)
        var all = machine
        all.addTokens(of: vocabulary.trie, to: &candidates, limit: .max)
        candidates.forEachAllowed { token in
            var next = self
            guard (try? next.accept(token)) != nil, next.minimumBudget <= limit else { return }
            mask.insert(token)
        }
    }
}

extension PushdownMachine {
    /// Adds the tokens of `trie` after which an ending of at most `limit` bytes exists.
    ///
    /// Cost: one step for each prefix of a token that is allowed, and for each that is one byte longer.
    mutating func addTokens(of trie: TokenTrie, to mask: inout TokenMask, limit: Int) {
        // At d, the configurations after a prefix of d bytes, and the frames they need.
        var starts = [Int](repeating: 0, count: trie.maximumDepth + 1)
        var ends = starts
        var frameCounts = starts
        ends[0] = configurationCount
        frameCounts[0] = frameCount
        let nodes = trie.nodes
        var index = 0
        while index < nodes.count {
            let node = nodes[index]
            let depth = Int(node.depth)
            let start = starts[depth - 1]
            let end = ends[depth - 1]
            configurationCount = end
            frameCount = frameCounts[depth - 1]
            var position = start
            while position < end {
                step(configurations[position], node.byte)
                position += 1
            }
            if configurationCount == end {
                index = Int(node.subtreeEnd)
                continue
            }
            if configurationCount > end + 1 { prune(from: end) }
            if node.token >= 0 {
                var isAllowed = false
                for candidate in end..<configurationCount where shortest(configurations[candidate]) <= limit {
                    isAllowed = true
                    break
                }
                if isAllowed {
                    mask.insert(Int(node.token))
                    if !trie.sameBytes.isEmpty, let same = trie.sameBytes[node.token] {
                        for token in same { mask.insert(Int(token)) }
                    }
                }
            }
            starts[depth] = end
            ends[depth] = configurationCount
            frameCounts[depth] = frameCount
            index += 1
        }
    }
}
