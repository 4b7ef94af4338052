/// Strings of code points in depth-first order, each with a payload: token ids, or numbers of lists of tokens.
///
/// A code point is one step however many bytes spell it. Nodes for the beginning of one stay where several code points
/// share it or where a token ends in it, so that a walk passes over all of them at once.
struct CodePointTrie: Sendable {
    struct Node {
        /// The last code point, or the bits of a `CodePointPrefix` that follows; above 24 bits the `depth`.
        fileprivate let head: UInt32
        /// Index after the last node below this one.
        fileprivate(set) var subtreeEnd: Int32
        /// What ends here, or -1.
        fileprivate(set) var payload: Int32

        /// Whole code points from the beginning.
        var depth: UInt8 { UInt8(truncatingIfNeeded: head >> 24) }
        /// The last code point, if the node ends with a whole one.
        var scalar: UInt32 { head & 0xFF_FFFF }
        var isWhole: Bool { scalar < 1 << 21 }
        /// What begins after `depth` whole code points, if the node is not whole.
        var prefix: CodePointPrefix { CodePointPrefix(bits: scalar) }
    }

    fileprivate(set) var nodes: [Node] = []
    /// What ends before the first code point.
    fileprivate(set) var rootPayloads: [Int32] = []
}

/// Takes nodes in depth-first order and drops those that lead to no payload.
///
/// Depths in bytes say what is below what, as some beginnings of code points have no node.
struct CodePointTrieBuilder {
    private(set) var trie = CodePointTrie()
    /// The nodes from the root to the last one.
    private var path: [(byteDepth: Int, index: Int)] = []

    /// The payload of the last node, or nil at the root.
    var lastPayload: Int32? { path.last.map { trie.nodes[$0.index].payload } }

    /// Ends the subtrees of `byteDepth` bytes and more.
    mutating func close(to byteDepth: Int) {
        while let last = path.last, last.byteDepth >= byteDepth {
            path.removeLast()
            if trie.nodes[last.index].payload < 0, last.index == trie.nodes.count - 1 {
                trie.nodes.removeLast()
            } else {
                trie.nodes[last.index].subtreeEnd = Int32(trie.nodes.count)
            }
        }
    }

    /// Puts a node with `bits`, a code point or those of a prefix, below the last one.
    mutating func append(_ bits: UInt32, byteDepth: Int, depth: Int, payload: Int32) {
        path.append((byteDepth, trie.nodes.count))
        let head = bits | UInt32(truncatingIfNeeded: depth) << 24
        trie.nodes.append(CodePointTrie.Node(head: head, subtreeEnd: 0, payload: payload))
    }

    /// Gives the last node, or the root, a payload.
    mutating func setPayload(_ payload: Int32) {
        if let last = path.last { trie.nodes[last.index].payload = payload } else { trie.rootPayloads.append(payload) }
    }
}
