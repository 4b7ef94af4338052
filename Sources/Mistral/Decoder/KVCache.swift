import Tensors

/// Keys and values of all positions that the decoder has seen.
///
/// A value: a copy is a branch of the sequence. Copies share their memory, in pages of 128 positions, until one of them
/// is extended; then it gets a page of its own for the positions that are written. Memory grows with the sequence.
public struct KVCache: Sendable {
    /// Positions that are filled; the next token takes this position.
    public private(set) var count = 0
    /// Most positions that it can hold.
    public let limit: Int
    let shape: AttentionShape
    let layers: Int
    /// The memory, with room for `count` positions or more.
    var pages: KeyValuePages

    init(layers: Int, shape: AttentionShape, format: KeyValueFormat, limit: Int) {
        pages = KeyValuePages(layers: layers, shape: shape, format: format)
        self.layers = layers
        self.shape = shape
        self.limit = limit
    }

    /// How its numbers are stored.
    public var format: KeyValueFormat { pages.format }
    /// Positions that fit into the memory it has now.
    public var capacity: Int { min(limit, pages.capacity) }
    /// Bytes of all pages that it refers to, shared or not.
    public var byteCount: Int { pages.byteCount }

    /// Bytes of the pages that two caches share.
    public func sharedByteCount(with other: KVCache) -> Int { pages.sharedByteCount(with: other.pages) }

    /// Forgets all positions from `count` on, and gives back the pages that hold no others.
    public mutating func truncate(to count: Int) {
        precondition(count >= 0)
        self.count = min(self.count, count)
        pages.truncate(to: self.count)
    }

    /// Makes room for `added` more positions, in memory that no copy shares.
    mutating func reserve(_ added: Int) throws(ModelError) {
        let (needed, overflow) = count.addingReportingOverflow(max(0, added))
        guard !overflow, needed <= limit else { throw .contextLength(needed: overflow ? .max : needed, limit: limit) }
        guard format.holds(headDimension: shape.headDimension) else {
            throw .cacheFormat(format, headDimension: shape.headDimension)
        }
        guard pages.reserve(count..<needed) else {
            let size = KeyValuePages.positionsPerPage
            throw .cacheMemory(positions: needed, bytes: (needed + size - 1) / size * pages.pageBytes)
        }
    }

    mutating func advance(_ added: Int) { count += added }

    /// Goes back to an earlier count and capacity.
    mutating func restore(count: Int, capacity: Int) {
        self.count = count
        pages.truncate(to: capacity)
    }

    /// This cache, which is empty afterwards: so its memory is not shared meanwhile.
    mutating func taken() -> KVCache {
        let taken = self
        self = KVCache(layers: layers, shape: shape, format: format, limit: limit)
        return taken
    }
}

extension MistralModel {
    /// An empty cache for one sequence; it takes memory as the sequence grows.
    ///
    /// `.quantized8` needs heads whose dimension is a multiple of 32: otherwise the first use throws
    /// `ModelError.cacheFormat`.
    public func makeCache(format: KeyValueFormat = .float16) -> KVCache {
        KVCache(
            layers: configuration.text.layers, shape: decoder.shape, format: format,
            limit: configuration.text.maxPositions)
    }

    /// An empty cache that has the memory for `capacity` positions already.
    ///
    /// - Throws: `ModelError.contextLength`, `.cacheFormat`, `.cacheMemory`.
    public func makeCache(capacity: Int, format: KeyValueFormat = .float16) throws(ModelError) -> KVCache {
        var cache = makeCache(format: format)
        try cache.reserve(capacity)
        return cache
    }
}

extension MistralConfiguration {
    /// Bytes of a cache of so many positions: whole pages of 128. `Int.max` if that is too many to count.
    public func cacheBytes(positions: Int, format: KeyValueFormat) -> Int {
        let shape = AttentionShape(
            heads: text.heads, keyValueHeads: text.keyValueHeads, headDimension: text.headDimension)
        let page = KeyValuePages(layers: text.layers, shape: shape, format: format).pageBytes
        let size = KeyValuePages.positionsPerPage
        let pages = max(0, positions) / size + (max(0, positions) % size > 0 ? 1 : 0)
        let (bytes, overflow) = pages.multipliedReportingOverflow(by: page)
        return overflow ? .max : bytes
    }
}
