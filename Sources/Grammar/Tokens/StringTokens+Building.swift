extension StringTokens {
    /// Sorts the tokens of `trie` by what they are inside a string.
    /// - Parameters:
    ///   - isOpening: takes the tokens that begin with the quote which opens the string, less that quote.
    ///   - spelling: of plain text all tokens are inner ones, but those that no UTF-8 has.
    init(_ trie: TokenTrie, tokenCount: Int, isOpening: Bool, spelling: StringSpelling = .quoted) {
        var builder = StringTokensBuilder(trie, spelling)
        var nodes = 0..<trie.nodes.count
        if isOpening {
            nodes = 0..<0
            let quote = Int(trie.roots[Int(UInt8(ascii: "\""))])
            if quote >= 0 {
                let end = Int(trie.nodes[quote].subtreeEnd)
                builder.addRoots(from: quote)
                nodes = quote + 1..<end
            }
        }
        builder.add(nodes, below: isOpening ? 1 : 0)
        self = builder.finish(tokenCount: tokenCount, isOpening: isOpening)
    }
}

/// Walks a trie of bytes once and makes tries of code points of it.
private struct StringTokensBuilder {
    private let nodes: [TokenTrie.Node]
    private let spelling: StringSpelling
    private var inner = CodePointTrieBuilder()
    private var closing = CodePointTrieBuilder()
    /// With lengths.
    private var innerTokens: [(token: Int32, length: Int)] = []
    private var partials: [StringTokens.PartialToken] = []
    private var lists: [[ClosingTokens.Entry]] = []
    private var suffixes: [[UInt8]] = [[]]
    private var suffixIDs: [[UInt8]: Int32] = [[]: 0]

    init(_ trie: TokenTrie, _ spelling: StringSpelling) {
        nodes = trie.nodes
        self.spelling = spelling
    }

    /// Adds the tokens that are one byte, that of node `first`, as if they were empty.
    mutating func addRoots(from first: Int) {
        var index = first
        while index < nodes.count, nodes[index].byte == nodes[first].byte {
            if nodes[index].token >= 0 {
                inner.setPayload(nodes[index].token)
                innerTokens.append((nodes[index].token, 0))
            }
            index = Int(nodes[index].subtreeEnd)
        }
    }

    /// Adds the tokens that end in `range`, less their first `base` bytes.
    mutating func add(_ range: Range<Int>, below base: Int) {
        // After so many bytes: the code point that is begun, and whole ones before it.
        var prefixes = [CodePointPrefix?](repeating: nil, count: TokenTrie.maximumDepth + 1)
        var lengths = [Int](repeating: 0, count: TokenTrie.maximumDepth + 1)
        var index = range.lowerBound
        while index < range.upperBound {
            let node = nodes[index]
            let depth = Int(node.depth) - base
            let length = lengths[depth - 1]
            let end = Int(node.subtreeEnd)
            inner.close(to: depth)
            closing.close(to: depth)
            switch prefixes[depth - 1]?.next(node.byte) ?? spelling.first(node.byte) {
            case .dead:
                index = end
                continue
            case .quote:
                addClosing(index..<end, length: length)
                index = end
                continue
            case .inside(let prefix):
                prefixes[depth] = prefix
                lengths[depth] = length
                let hasOneChild = index + 1 < end && Int(nodes[index + 1].subtreeEnd) == end
                if node.token >= 0 {
                    partials.append(
                        StringTokens.PartialToken(token: node.token, wholeCount: Int32(length), prefix: prefix))
                    innerTokens.append((node.token, length + 1))
                }
                if node.token >= 0 || !hasOneChild {
                    inner.append(prefix.bits, byteDepth: depth, depth: length, payload: node.token)
                    closing.append(prefix.bits, byteDepth: depth, depth: length, payload: -1)
                }
            case .scalar(let scalar):
                prefixes[depth] = nil
                lengths[depth] = length + 1
                if node.token >= 0 { innerTokens.append((node.token, length + 1)) }
                inner.append(scalar, byteDepth: depth, depth: length + 1, payload: node.token)
                closing.append(scalar, byteDepth: depth, depth: length + 1, payload: -1)
            }
            index += 1
        }
    }

    /// Adds the tokens that end in the subtree `range` of a closing quote after `length` code points.
    private mutating func addClosing(_ range: Range<Int>, length: Int) {
        var entries: [ClosingTokens.Entry] = []
        var suffix: [UInt8] = []
        let quoteDepth = Int(nodes[range.lowerBound].depth)
        for index in range {
            let node = nodes[index]
            let suffixLength = Int(node.depth) - quoteDepth
            if suffixLength > 0 {
                suffix.removeLast(suffix.count - suffixLength + 1)
                suffix.append(node.byte)
            }
            guard node.token >= 0 else { continue }
            entries.append(ClosingTokens.Entry(suffix: suffixID(suffix), token: node.token, length: UInt8(length)))
        }
        // A second token with the same bytes comes as a second quote.
        if let list = closing.lastPayload, list >= 0 {
            lists[Int(list)] += entries
        } else {
            closing.setPayload(Int32(lists.count))
            lists.append(entries)
        }
    }

    private mutating func suffixID(_ suffix: [UInt8]) -> Int32 {
        if let id = suffixIDs[suffix] { return id }
        let id = Int32(suffixes.count)
        suffixIDs[suffix] = id
        suffixes.append(suffix)
        return id
    }

    consuming func finish(tokenCount: Int, isOpening: Bool) -> StringTokens {
        inner.close(to: 0)
        closing.close(to: 0)
        let longest = innerTokens.reduce(0) { max($0, $1.length) }
        var masks = [TokenMask](repeating: TokenMask(tokenCount: tokenCount), count: longest + 1)
        for (token, length) in innerTokens { masks[length].insert(Int(token)) }
        for length in masks.indices.dropFirst() {
            let shorter = masks[length - 1]
            masks[length].formUnion(shorter)
        }
        return StringTokens(
            isOpening: isOpening, innerMasks: masks,
            partials: partials.sorted { ($0.wholeCount, $0.token) < ($1.wholeCount, $1.token) },
            innerTrie: inner.trie, innerIndex: CodePointIndex(inner.trie, tokenCount: tokenCount),
            closingTrie: closing.trie,
            closing: ClosingTokens(suffixes: TokenBytes(suffixes), lists: lists, tokenCount: tokenCount))
    }
}
