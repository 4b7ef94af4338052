/// Tries over bytes in one table: the constants of each value, the property names of each object.
struct ByteTrieForest: Sendable {
    struct Node: Sendable {
        /// Its children stand side by side in `children`, in order of their bytes.
        fileprivate(set) var firstChild: Int32 = 0
        fileprivate(set) var childCount: Int32 = 0
        /// The text that ends here, or -1.
        fileprivate(set) var text: Int32 = -1
        /// The texts that pass through here or end here.
        fileprivate(set) var firstText: Int32 = 0
        fileprivate(set) var textCount: Int32 = 0
        /// Bytes to the nearest end.
        fileprivate(set) var shortest: Int32 = 0
        /// Bytes from the root.
        fileprivate(set) var depth: Int32 = 0
    }
    private struct Child: Sendable {
        let byte: UInt8
        let node: Int32
    }
    /// A text, in order of its bytes within its trie.
    struct Text: Sendable {
        /// What the caller gave it: the index of a member, for example.
        let payload: Int32
        let length: Int32
        /// The hash of its bytes (`TextHash`).
        let hash: UInt64
        fileprivate let firstByte: Int32
    }

    private(set) var nodes: [Node] = []
    private var children: [Child] = []
    private(set) var texts: [Text] = []
    private var bytes: [UInt8] = []

    /// Adds a trie and gives its root. Of equal texts the first one stays.
    mutating func add(_ entries: [(text: [UInt8], payload: Int32)]) -> Int32 {
        var sorted = entries
        if sorted.count > 1 { sorted.sort { $0.text.lexicographicallyPrecedes($1.text) } }
        let base = texts.count
        var previous: [UInt8]?
        for entry in sorted {
            if entry.text == previous { continue }
            previous = entry.text
            var hash = TextHash()
            for byte in entry.text { hash.add(byte) }
            texts.append(
                Text(
                    payload: entry.payload, length: Int32(entry.text.count), hash: hash.value,
                    firstByte: Int32(bytes.count)))
            bytes += entry.text
        }
        // Breadth first, so that children stand side by side.
        let root = nodes.count
        nodes.append(Node(firstText: Int32(base), textCount: Int32(texts.count - base)))
        var index = root
        while index < nodes.count {
            grow(index)
            index += 1
        }
        for index in (root..<nodes.count).reversed() {
            var shortest = nodes[index].text >= 0 ? 0 : Int32.max
            for child in children[range(nodes[index])] {
                shortest = min(shortest, nodes[Int(child.node)].shortest + 1)
            }
            nodes[index].shortest = shortest
        }
        return Int32(root)
    }

    private mutating func grow(_ index: Int) {
        let node = nodes[index]
        nodes[index].firstChild = Int32(children.count)
        var position = Int(node.firstText)
        let end = position + Int(node.textCount)
        if position < end, texts[position].length == node.depth {
            nodes[index].text = Int32(position)
            position += 1
        }
        while position < end {
            let byte = self.byte(at: Int(node.depth), of: position)
            var next = position + 1
            while next < end, self.byte(at: Int(node.depth), of: next) == byte { next += 1 }
            children.append(Child(byte: byte, node: Int32(nodes.count)))
            nodes.append(
                Node(firstText: Int32(position), textCount: Int32(next - position), depth: node.depth + 1))
            position = next
        }
        nodes[index].childCount = Int32(children.count) - nodes[index].firstChild
    }

    private func byte(at offset: Int, of text: Int) -> UInt8 { bytes[Int(texts[text].firstByte) + offset] }

    private func range(_ node: Node) -> Range<Int> { Int(node.firstChild)..<Int(node.firstChild + node.childCount) }

    /// The node below `node`, or -1.
    @inline(__always)
    func child(of node: Int32, _ byte: UInt8) -> Int32 {
        let parent = nodes[Int(node)]
        var low = Int(parent.firstChild)
        var high = low + Int(parent.childCount)
        while low < high {
            let middle = (low + high) >> 1
            if children[middle].byte < byte { low = middle + 1 } else { high = middle }
        }
        guard low < Int(parent.firstChild + parent.childCount), children[low].byte == byte else { return -1 }
        return children[low].node
    }

    /// The rest of a text from a node on.
    func suffix(of text: Int, from node: Int32) -> ArraySlice<UInt8> {
        let first = Int(texts[text].firstByte)
        return bytes[first + Int(nodes[Int(node)].depth)..<first + Int(texts[text].length)]
    }

    func texts(below node: Int32) -> Range<Int> {
        let node = nodes[Int(node)]
        return Int(node.firstText)..<Int(node.firstText + node.textCount)
    }

    /// The text nearest to `node`, the first of several.
    func nearestText(from node: Int32) -> Int {
        let depth = nodes[Int(node)].depth
        let shortest = nodes[Int(node)].shortest
        return texts(below: node).first { texts[$0].length - depth == shortest } ?? 0
    }
}

/// A hash of bytes that can be taken on byte by byte. Equal bytes have equal hashes, so what is told apart by it is different.
struct TextHash {
    private(set) var value: UInt64

    init(_ value: UInt64 = 0x9E37_79B9_7F4A_7C15) { self.value = value }

    @inline(__always)
    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x1000_0000_01B3_A5C9
        value ^= value >> 29
    }

    /// A mix of two hashes in which their order matters (the finaliser of SplitMix64).
    @inline(__always)
    static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var mixed = first &* 0x9E37_79B9_7F4A_7C15 &+ second &+ 0x632B_E59B_D9B4_E019
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
