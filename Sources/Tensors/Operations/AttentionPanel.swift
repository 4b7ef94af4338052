import CKernels
import Glibc

/// Some queries that meet the same keys, block by block: at most 96, whatever the number of keys.
///
/// Scratch memory of a panel: (2 * headDimension + 128 + 3) * 96 floats and one head, in whatever context.
struct AttentionPanel {
    /// Most queries of a panel: enough that reading a block of keys and values, and widening it, costs little.
    static let mostQueries = 8 * Int(CK_PACKED_QUERIES)
    static let keysPerBlock = Int(CK_BLOCK_KEYS)

    private let kernels: UnsafePointer<ck_attention>
    private let panel: ck_attention_panel
    private let packed: UnsafeMutablePointer<Float>
    private let head: UnsafeMutablePointer<Float>
    // Scores become powers of two, the fastest exponential there is.
    private let scale: Float

    /// Floats of scratch memory, a multiple of 16.
    static func scratchCount(headDimension: Int) -> Int {
        let exact = mostQueries * (2 * headDimension + keysPerBlock + 3) + headDimension
        // Kernels read whole vectors behind the last output.
        return (exact + 64 + 15) / 16 * 16
    }

    /// A panel of `queries` queries (at most `mostQueries`) that have not met any keys.
    init(queries: Int, shape: AttentionShape, kernels: Kernels, scratch: UnsafeMutablePointer<Float>) {
        let dimension = shape.headDimension
        let scores = scratch
        let largest = scores + Self.mostQueries * Self.keysPerBlock
        let sums = largest + Self.mostQueries
        let factors = sums + Self.mostQueries
        packed = factors + Self.mostQueries
        let output = packed + Self.mostQueries * dimension
        head = output + Self.mostQueries * dimension
        largest.update(repeating: -.infinity, count: queries)
        sums.update(repeating: 0, count: queries)
        output.update(repeating: 0, count: queries * dimension)
        self.kernels = kernels.attention
        scale = shape.scale * Float(M_LOG2E)
        panel = ck_attention_panel(
            queries: queries, dimension: dimension, packed: packed, largest: largest, sums: sums, output: output,
            scores: scores, factors: factors)
    }

    /// Takes a query (headDimension), rotated as the row `row` says.
    func setQuery(_ index: Int, to query: UnsafePointer<Float>, row: Int, rotation: Rotation) {
        let dimension = panel.dimension
        head.update(from: query, count: dimension)
        rotation.rotate(head, row: row)
        let place = index % Int(CK_PACKED_QUERIES)
        ck_pack_query(
            head, scale * rotation.queryFactor(row: row), dimension, packed + (index - place) * dimension + place)
    }

    /// Adds a block of keys (headDimension, 128) and values (128, headDimension), of which `count` are there.
    ///
    /// - Parameters:
    ///   - visible: how many of them the first query sees; it may be less than 0 or more than `count`.
    ///   - group: queries after which the next ones see one more; 0 if all see the same.
    func attend(_ block: KeyValueBlock.Numbers, count: Int, visible: Int, group: Int) {
        withUnsafePointer(to: panel) {
            kernels.pointee.attend($0, block.keys, block.values, block.kind, count, visible, group)
        }
    }

    /// Writes what came out for a query: (headDimension).
    func writeOutput(_ index: Int, to output: UnsafeMutablePointer<Float>) {
        let factor = 1 / panel.sums[index]
        let from = panel.output + index * panel.dimension
        for column in 0..<panel.dimension { output[column] = from[column] * factor }
    }
}
