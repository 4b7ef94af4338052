import Tensors

/// Keys and values of all positions that the decoder has seen.
///
/// A value: a copy is a branch of the sequence, made when either is extended. Memory grows with the sequence, by
/// `MistralConfiguration.cacheBytesPerToken` for each position of the capacity.
public struct KVCache: Sendable {
    private static let smallestCapacity = 256

    /// Positions that are filled; the next token takes this position.
    public private(set) var count = 0
    /// Most positions that it can hold.
    public let limit: Int
    var layers: [KeyValueStore]
    let shape: AttentionShape

    init(layers: Int, shape: AttentionShape, limit: Int) {
        self.layers = Array(repeating: KeyValueStore(shape: shape), count: layers)
        self.shape = shape
        self.limit = limit
    }

    /// Positions that fit into the memory it has now.
    public var capacity: Int { layers.lazy.map(\.capacity).min() ?? 0 }
    /// Bytes of memory that it has now.
    public var byteCount: Int { layers.count * 2 * shape.keyValueHeads * shape.headDimension * 4 * capacity }

    /// Forgets all positions from `count` on; the memory stays.
    public mutating func truncate(to count: Int) {
        precondition(count >= 0)
        self.count = min(self.count, count)
    }

    /// Makes room for `added` more positions.
    mutating func reserve(_ added: Int) throws(ModelError) {
        let needed = count + added
        guard needed <= limit else { throw .contextLength(needed: needed, limit: limit) }
        guard needed > capacity else { return }
        let capacity = min(limit, max(needed, 2 * capacity, Self.smallestCapacity))
        for layer in layers.indices {
            guard layers[layer].reserve(capacity, keeping: count) else {
                let bytes = layers.count * 2 * shape.keyValueHeads * shape.headDimension * 4 * capacity
                throw .cacheMemory(positions: capacity, bytes: bytes)
            }
        }
    }

    mutating func advance(_ added: Int) { count += added }
}
