import CKernels

/// Attention of a panel of queries to many keys, by two products and a softmax between them.
///
/// Scores lie as (keys, queries of the panel): the first product then reads packed keys, the softmax goes along
/// columns without any exchange between vector lanes, and the second product reads the scores as they are.
/// Memory: one panel of scores for each thread, whatever the number of heads and queries.
struct AttentionPanel {
    static let queries = Int(CK_TILE_COLUMNS)
    static let keysPerTile = Int(CK_TILE_ROWS)

    let table: UnsafePointer<ck_kernels>
    let headDimension: Int
    let scale: Float

    /// Floats of scratch memory for `keys` keys.
    static func scratchCount(keys: Int, headDimension: Int) -> Int {
        (keys + 1) * queries + headDimension * queries + 16
    }

    /// Floats of the packed keys of one head.
    static func packedCount(keys: Int, headDimension: Int) -> Int {
        (keys + keysPerTile - 1) / keysPerTile * keysPerTile * headDimension
    }

    /// Packs the tiles of keys `tiles` of one head; `keys` has one row of `stride` floats for each key.
    func packKeys(
        _ keys: UnsafePointer<Float>, stride: Int, count: Int, tiles: Range<Int>, to packed: UnsafeMutablePointer<Float>
    ) {
        for tile in tiles {
            let first = tile * Self.keysPerTile
            table.pointee.pack_rows(
                keys + first * stride, stride, min(Self.keysPerTile, count - first), headDimension,
                packed + first * headDimension)
        }
    }

    /// Writes the attention of `count` queries (at most `queries`) to the first `keys` keys.
    ///
    /// - Parameter visible: keys that the first query sees; each further query sees one more. All see all if it is nil.
    func attend(
        queries: UnsafePointer<Float>, queryStride: Int, count: Int, packedKeys: UnsafePointer<Float>,
        values: UnsafePointer<Float>, keys: Int, visible: Int?, to output: UnsafeMutablePointer<Float>,
        outputStride: Int, scratch: UnsafeMutablePointer<Float>
    ) {
        let width = Self.queries
        let sums = scratch
        let panel = scratch + width
        let scores = panel + headDimension * width
        table.pointee.pack_weights(queries, CK_WEIGHT_F32, queryStride * 4, count, headDimension, panel)
        for first in stride(from: 0, to: keys, by: Self.keysPerTile) {
            table.pointee.tile(
                min(Self.keysPerTile, keys - first), width, headDimension, packedKeys + first * headDimension,
                Self.keysPerTile, panel, width, scores + first * width, width, 0)
        }
        if let visible {
            for key in visible..<max(visible, keys) {
                for query in 0..<min(count, key - visible + 1) { scores[key * width + query] = -.infinity }
            }
        }
        table.pointee.softmax_columns(scores, keys, scale, sums)
        for firstQuery in stride(from: 0, to: count, by: Self.keysPerTile) {
            let rows = min(Self.keysPerTile, count - firstQuery)
            for column in stride(from: 0, to: headDimension, by: width) {
                table.pointee.tile(
                    rows, min(width, headDimension - column), keys, scores + firstQuery, width, values + column,
                    headDimension, output + firstQuery * outputStride + column, outputStride, 0)
            }
        }
        for query in 0..<count {
            let factor = 1 / sums[query]
            let row = output + query * outputStride
            for column in 0..<headDimension { row[column] *= factor }
        }
    }
}
