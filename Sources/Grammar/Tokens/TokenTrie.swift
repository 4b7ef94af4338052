/// The prefixes of a set of tokens in depth-first order, for walks that share work between tokens.
struct TokenTrie: Sendable {
    /// A prefix, by its last byte.
    struct Node {
        /// Index after the last node below this one: where to go on when this prefix is dead.
        var subtreeEnd: Int32
        /// The token that ends here, or -1. Others with the same bytes follow the subtree as leaves of their own.
        var token: Int32
        /// Bytes in the prefix, from 1.
        let depth: UInt8
        let byte: UInt8
    }

    /// Longer tokens are in no trie. It lets walks keep their states, one for each depth, in place.
    static let maximumDepth = 255

    private(set) var nodes: [Node] = []
    /// The node of each first byte, or -1.
    private(set) var roots = [Int32](repeating: -1, count: 256)

    /// Builds the trie of the tokens in `bytes` that are neither empty nor longer than `maximumDepth`.
    init(_ bytes: TokenBytes) {
        nodes.reserveCapacity(bytes.storage.count / 3)
        var path: [Int] = []
        var duplicates: [(depth: Int, token: Int32)] = []
        var previous: Int32?
        for token in bytes.sorted(maximumLength: Self.maximumDepth) {
            let range = bytes.range(of: token)
            let common = previous.map { bytes.commonLength($0, token) } ?? 0
            if common == range.count {
                duplicates.append((common, token))
                continue
            }
            close(&path, to: common, &duplicates)
            for depth in common..<range.count {
                let byte = bytes.storage[range.lowerBound + depth]
                if depth == 0 { roots[Int(byte)] = Int32(nodes.count) }
                path.append(nodes.count)
                nodes.append(Node(subtreeEnd: 0, token: -1, depth: UInt8(depth + 1), byte: byte))
            }
            nodes[nodes.count - 1].token = token
            previous = token
        }
        close(&path, to: 0, &duplicates)
    }

    /// Ends the subtrees deeper than `depth`, and puts the duplicates of their tokens behind them.
    private mutating func close(_ path: inout [Int], to depth: Int, _ duplicates: inout [(depth: Int, token: Int32)]) {
        while path.count > depth, let index = path.popLast() {
            nodes[index].subtreeEnd = Int32(nodes.count)
            while let last = duplicates.last, last.depth == path.count + 1 {
                duplicates.removeLast()
                var leaf = nodes[index]
                leaf.token = last.token
                leaf.subtreeEnd = Int32(nodes.count + 1)
                nodes.append(leaf)
            }
        }
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
            node = child(of: node, text[start + length])
            length += 1
        }
        return best
    }

    /// The node one `byte` below `node`, or -1.
    func child(of node: Int, _ byte: UInt8) -> Int {
        let end = Int(nodes[node].subtreeEnd)
        var child = node + 1
        while child < end {
            if nodes[child].byte == byte { return child }
            child = Int(nodes[child].subtreeEnd)
        }
        return -1
    }
}
