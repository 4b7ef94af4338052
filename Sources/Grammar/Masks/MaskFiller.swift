/// Finds the tokens that may follow the configurations of a machine.
///
/// What stays inside strings is found by the automaton of the string alone; what closes one, by the suffixes that
/// tokens have after the quote. Everything else is stepped byte by byte.
struct MaskFiller {
    let vocabulary: TokenVocabulary
    /// Keeps what belongs to the state of a string alone, whatever is around it.
    let masks: MaskCache
    var machine: PushdownMachine
    /// Bytes an ending may have after the token; `Int.max` for no budget.
    let limit: Int

    /// Adds the tokens that may follow.
    mutating func fill(_ mask: inout TokenMask) {
        let count = machine.configurationCount
        var others: [Configuration] = []
        for index in 0..<count {
            let configuration = machine.configurations[index]
            if let other = add(configuration, reading: vocabulary.inside, into: &mask) { others.append(other) }
        }
        guard !others.isEmpty else { return }
        let start = machine.configurationCount
        others.forEach { machine.emit($0) }
        let trie = vocabulary.trie
        let quote = trie.roots[Int(UInt8(ascii: "\""))]
        if quote < 0 {
            machine.addTokens(of: trie, below: 0..<trie.nodes.count, from: start, limit: limit, into: &mask)
        } else {
            let end = Int(trie.nodes[Int(quote)].subtreeEnd)
            machine.addTokens(of: trie, below: 0..<Int(quote), from: start, limit: limit, into: &mask)
            machine.addTokens(of: trie, below: end..<trie.nodes.count, from: start, limit: limit, into: &mask)
            addAfterQuote(from: start, nodes: Int(quote)..<end, into: &mask)
        }
        machine.configurationCount = count
    }

    /// The tokens that begin with a quote: many of them only open a string.
    private mutating func addAfterQuote(from start: Int, nodes: Range<Int>, into mask: inout TokenMask) {
        let mark = machine.mark
        let before = machine.configurationCount
        machine.stepAll(start..<before, UInt8(ascii: "\""))
        let opened = machine.configurations[before..<machine.configurationCount]
        var others: [Configuration] = []
        for configuration in Array(opened) {
            if let other = add(configuration, reading: vocabulary.opening, into: &mask) { others.append(other) }
        }
        if !others.isEmpty {
            // The token that is the quote alone is among the inner ones, but these have no such string.
            let token = vocabulary.trie.nodes[nodes.lowerBound].token
            machine.configurationCount = before
            others.forEach { machine.emit($0) }
            if token >= 0, limit == .max || machine.isWithin(limit, before..<machine.configurationCount) {
                mask.insert(Int(token))
            }
            machine.addTokens(
                of: vocabulary.trie, below: nodes.lowerBound + 1..<nodes.upperBound, parentDepth: 1, from: before,
                limit: limit, into: &mask)
        }
        machine.configurationCount = before
        machine.goBack(to: mark)
    }

    /// Adds what may follow inside a string or an open key; gives back what has to be stepped byte by byte.
    private mutating func add(
        _ configuration: Configuration, reading tokens: StringTokens, into mask: inout TokenMask
    ) -> Configuration? {
        guard configuration.prefix == 0 else { return configuration }
        switch configuration.kind {
        case .string: return addString(configuration, tokens, into: &mask)
        case .key: return addKey(configuration, tokens, into: &mask)
        case .plain:
            addPlain(configuration, into: &mask)
            return nil
        default: return configuration
        }
    }

    /// Takes out of `accepted` the suffixes that close an array or object whose value must differ from others: whether
    /// they may follow depends on the letters before the quote. Gives them back.
    func separateEnds(_ accepted: inout TokenMask, _ tokens: StringTokens, in frame: Int32) -> [Int] {
        guard machine.isHashed(frame) else { return [] }
        var ends: [Int] = []
        let suffixes = tokens.closing.suffixes
        accepted.forEachAllowed { suffix in
            let bytes = suffixes.storage[suffixes.range(of: Int32(suffix))]
            if bytes.contains(UInt8(ascii: "]")) || bytes.contains(UInt8(ascii: "}")) { ends.append(suffix) }
        }
        var words = accepted.words.mutableSpan
        for suffix in ends { words.remove(Int32(suffix)) }
        return ends
    }

    /// Adds those tokens with the given suffixes that lead on from a configuration, one by one.
    mutating func addTokens(
        withSuffixes suffixes: [Int], after configuration: Configuration, _ tokens: StringTokens,
        into mask: inout TokenMask
    ) {
        for suffix in suffixes {
            for entry in tokens.closing.entries(of: suffix) {
                let bytes = vocabulary.bytes.storage[vocabulary.bytes.range(of: entry.token)]
                if machine.leadsOn(configuration, bytes.dropFirst(tokens.isOpening ? 1 : 0), limit: limit) {
                    mask.insert(Int(entry.token))
                }
            }
        }
    }

    /// The suffixes that may follow the quote after which the machine has the configurations from `start` on.
    mutating func suffixes(_ tokens: StringTokens, from start: Int) -> TokenMask {
        var accepted = TokenMask(tokenCount: tokens.closing.suffixCount)
        guard machine.configurationCount > start else { return accepted }
        if limit == .max || machine.isWithin(limit, start..<machine.configurationCount) { accepted.insert(0) }
        let trie = tokens.closing.suffixTrie
        machine.addTokens(of: trie, below: 0..<trie.nodes.count, from: start, limit: limit, into: &accepted)
        return accepted
    }
}
