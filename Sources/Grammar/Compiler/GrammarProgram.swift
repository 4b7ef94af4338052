/// A compiled grammar: flat tables that the pushdown machine walks by index.
///
/// Lengths are in bytes. "Shortest" is the shortest text that completes something, without optional whitespace.
struct GrammarProgram: Sendable {
    struct Value {
        /// Root of the trie of its constants, or -1.
        var literals: Int32 = -1
        var number = Alternatives.Number.none
        /// Ranges into `stringAlternatives`, `objectAlternatives`, `arrayAlternatives`.
        var strings: Range<Int32> = 0..<0
        var objects: Range<Int32> = 0..<0
        var arrays: Range<Int32> = 0..<0
        var shortest = 0
        /// Nesting depth of the shortest text; the constants count as flat.
        var depth = 0
        /// First byte of the shortest text.
        var firstByte: UInt8 = 0
    }

    struct StringRule {
        let minimum: Int32
        let maximum: Int32
    }

    struct ArrayRule {
        let minimum: Int32
        let maximum: Int32
        /// Value of the elements, or -1 if the array stays empty.
        let items: Int32
        /// Nesting depth of the shortest text.
        let depth: Int
    }

    struct ObjectRule {
        /// First of its members in `members`; one more entry follows the last member.
        let firstMember: Int32
        let memberCount: Int32
        /// Root of the trie of its keys.
        let keys: Int32
        let depth: Int
        /// The deepest of its members' shortest texts.
        let memberDepth: Int
    }

    struct Member {
        let value: Int32
        /// Bytes of key, closing quote, colon, value and all that must follow in the object, its brace included.
        let shortestFromKey: Int
        /// Shortest text that follows when this member may come next, after a member before it.
        let shortestFromSeparator: Int
        /// Index in the object of the first required member from here on; the member count if there is none.
        let nextRequired: Int32
    }

    var options: GrammarOptions
    var values: [Value] = []
    var strings: [StringRule] = []
    var arrays: [ArrayRule] = []
    var objects: [ObjectRule] = []
    var members: [Member] = []
    var stringAlternatives: [Int32] = []
    var objectAlternatives: [Int32] = []
    var arrayAlternatives: [Int32] = []
    var tries = ByteTrieForest()
}

/// Tries over bytes, one for the constants of each value and one for the keys of each object.
struct ByteTrieForest: Sendable {
    struct Node {
        var firstChild: Int32 = 0
        var childCount: Int32 = 0
        /// Bytes to the nearest end; 0 if a text ends here.
        var shortest: Int32 = 0
        /// Bytes from the root.
        var depth: Int32 = 0
        /// Texts that pass through here: a range into `texts`, ascending.
        var firstText: Int32 = 0
        var textCount: Int32 = 0
        /// The object whose keys these are.
        var object: Int32 = -1
    }
    struct Child {
        let byte: UInt8
        let node: Int32
    }

    private(set) var nodes: [Node] = []
    private(set) var children: [Child] = []
    private(set) var texts: [Int32] = []

    func child(of node: Int32, _ byte: UInt8) -> Int32 {
        let parent = nodes[Int(node)]
        for index in Int(parent.firstChild)..<Int(parent.firstChild + parent.childCount) {
            let child = children[index]
            if child.byte == byte { return child.node }
        }
        return -1
    }

    /// The byte towards the nearest end, the lowest if there are several.
    func canonicalByte(of node: Int32) -> UInt8 {
        let parent = nodes[Int(node)]
        for child in children[Int(parent.firstChild)..<Int(parent.firstChild + parent.childCount)]
        where nodes[Int(child.node)].shortest == parent.shortest - 1 { return child.byte }
        return 0
    }

    /// Adds the trie of `list`, whose elements are different and not empty; returns its root.
    mutating func add(_ list: [[UInt8]], object: Int32 = -1) -> Int32 {
        let root = Int32(nodes.count)
        nodes.append(Node(object: object))
        fill(root, list, Array(list.indices), depth: 0)
        // Children come after their parents.
        for node in stride(from: nodes.count - 1, through: Int(root), by: -1) where nodes[node].shortest != 0 {
            let range = Int(nodes[node].firstChild)..<Int(nodes[node].firstChild + nodes[node].childCount)
            nodes[node].shortest = 1 + (children[range].map { nodes[Int($0.node)].shortest }.min() ?? 0)
        }
        return root
    }

    private mutating func fill(_ root: Int32, _ list: [[UInt8]], _ indices: [Int], depth: Int) {
        var pending = [(node: root, indices: indices, depth: depth)]
        while let (node, indices, depth) = pending.popLast() {
            var groups: [UInt8: [Int]] = [:]
            nodes[Int(node)].shortest = 1
            for index in indices {
                if list[index].count == depth {
                    nodes[Int(node)].shortest = 0
                } else {
                    groups[list[index][depth], default: []].append(index)
                }
            }
            nodes[Int(node)].depth = Int32(depth)
            nodes[Int(node)].firstText = Int32(texts.count)
            nodes[Int(node)].textCount = Int32(indices.count)
            texts += indices.map(Int32.init)
            nodes[Int(node)].firstChild = Int32(children.count)
            nodes[Int(node)].childCount = Int32(groups.count)
            for byte in groups.keys.sorted() {
                let child = Int32(nodes.count)
                nodes.append(Node(object: nodes[Int(node)].object))
                children.append(Child(byte: byte, node: child))
                pending.append((child, groups[byte] ?? [], depth + 1))
            }
        }
    }
}
