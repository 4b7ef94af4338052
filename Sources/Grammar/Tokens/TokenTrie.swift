/// The prefixes of a set of tokens in depth-first order, for walks that share work between tokens.
struct TokenTrie: Sendable {
    struct Node {
        /// Index after the last node below this one: where to go on when this prefix is dead.
        var subtreeEnd: Int32
        /// The token that ends here, or -1; others with the same bytes follow in `sameBytes`.
        var token: Int32
        /// Bytes in the prefix, from 1.
        let depth: Int32
        let byte: UInt8
    }

    private(set) var nodes: [Node] = []
    private(set) var maximumDepth = 0
    /// Tokens with the same bytes as an earlier one, by the earlier one.
    private(set) var sameBytes: [Int32: [Int32]] = [:]
    /// The node of each first byte, or -1.
    private(set) var roots = [Int32](repeating: -1, count: 256)

    /// Builds the trie of `sorted`, tokens in ascending order of their bytes.
    init(sorted: [Int32], bytes: TokenBytes) {
        var path: [Int] = []
        var previous: Int32?
        for token in sorted {
            let range = bytes.range(of: token)
            var common = 0
            if let previous {
                let other = bytes.range(of: previous)
                let limit = min(range.count, other.count)
                while common < limit,
                    bytes.storage[range.lowerBound + common] == bytes.storage[other.lowerBound + common]
                { common += 1 }
            }
            if common == range.count, let previous {
                let first = nodes[nodes.count - 1].token
                sameBytes[first == -1 ? previous : first, default: []].append(token)
                continue
            }
            while path.count > common { nodes[path.removeLast()].subtreeEnd = Int32(nodes.count) }
            for depth in common..<range.count {
                let byte = bytes.storage[range.lowerBound + depth]
                if depth == 0 { roots[Int(byte)] = Int32(nodes.count) }
                path.append(nodes.count)
                nodes.append(Node(subtreeEnd: 0, token: -1, depth: Int32(depth + 1), byte: byte))
            }
            nodes[nodes.count - 1].token = token
            maximumDepth = max(maximumDepth, range.count)
            previous = token
        }
        while let index = path.popLast() { nodes[index].subtreeEnd = Int32(nodes.count) }
    }

    /// The longest token that `text` starts with from `start` on.
    func longestMatch(in text: [UInt8], from start: Int) -> (token: Int, length: Int)? {
        guard start < text.count else { return nil }
        var best: (token: Int, length: Int)?
        var node = Int(roots[Int(text[start])])
        var length = 1
        while node >= 0 {
            if nodes[node].token >= 0 { best = (Int(nodes[node].token), length) }
            guard start + length < text.count else { break }
            let end = Int(nodes[node].subtreeEnd)
            var child = node + 1
            node = -1
            while child < end {
                if nodes[child].byte == text[start + length] {
                    node = child
                    break
                }
                child = Int(nodes[child].subtreeEnd)
            }
            length += 1
        }
        return best
    }
}

/// The bytes of all tokens in one buffer.
struct TokenBytes: Sendable {
    let storage: [UInt8]
    /// Token `id` has the bytes from `offsets[id]` up to `offsets[id + 1]`; control tokens have none.
    let offsets: [Int32]

    init(_ tokens: [[UInt8]?]) {
        var storage: [UInt8] = []
        var offsets: [Int32] = [0]
        offsets.reserveCapacity(tokens.count + 1)
        for token in tokens {
            if let token { storage += token }
            offsets.append(Int32(storage.count))
        }
        self.storage = storage
        self.offsets = offsets
    }

    func range(of token: Int32) -> Range<Int> { Int(offsets[Int(token)])..<Int(offsets[Int(token) + 1]) }

    /// All tokens that have bytes, in ascending order of these, then of their ids.
    func sortedTokens() -> [Int32] {
        var entries: [(prefix: UInt64, token: Int32)] = []
        for token in 0..<Int32(offsets.count - 1) {
            let range = range(of: token)
            if range.isEmpty { continue }
            var prefix: UInt64 = 0
            for index in 0..<8 {
                prefix = prefix << 8 | (index < range.count ? UInt64(storage[range.lowerBound + index]) : 0)
            }
            entries.append((prefix, token))
        }
        entries.sort { left, right in
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            let (first, second) = (range(of: left.token), range(of: right.token))
            for index in 0..<min(first.count, second.count) {
                let (a, b) = (storage[first.lowerBound + index], storage[second.lowerBound + index])
                if a != b { return a < b }
            }
            return first.count == second.count ? left.token < right.token : first.count < second.count
        }
        return entries.map(\.token)
    }
}
