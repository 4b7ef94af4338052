import CKernels

/// New rows of one sequence within a pass over several.
public struct CausalSequence: Sendable {
    /// Which rows of the pass they are.
    public let rows: Range<Int>
    /// Position of the first of them.
    public let position: Int
    /// Keys and values of all earlier positions, with room reserved for the new ones.
    public var pages: KeyValuePages

    public init(rows: Range<Int>, position: Int, pages: KeyValuePages) {
        precondition(rows.lowerBound >= 0 && position >= 0)
        self.rows = rows
        self.position = position
        self.pages = pages
    }

    /// The positions of the new rows.
    var positions: Range<Int> { position..<(position + rows.count) }
}

extension Matrix {
    /// Sets this matrix to the attention of new rows to themselves and all earlier ones of their sequences:
    /// (n, heads * headDimension).
    ///
    /// The numbers of a row do not depend on which other rows are in the pass.
    /// - Parameters:
    ///   - joined: queries, keys and values of the new rows side by side (n, shape.joinedColumns).
    ///   - rotary: the rotation of each new row.
    ///   - layer: where in their pages the new keys (rotated) and values are stored.
    ///   - sequences: whose rows they are, each row in one of them.
    /// Scratch memory: that of a panel and one block of keys and values for each thread.
    public mutating func setCausalAttention(
        _ joined: borrowing Matrix, shape: AttentionShape, rotary: RotaryTable, layer: Int,
        sequences: inout [CausalSequence], threads: ThreadPool
    ) {
        precondition(joined.columns == shape.joinedColumns && rotary.cosines.rows == joined.rows)
        precondition(rotary.cosines.columns == shape.headDimension / 2)
        precondition(sequences.reduce(0) { $0 + $1.rows.count } == joined.rows)
        reshape(rows: joined.rows, columns: shape.queryColumns)
        var parts: [CausalAttention.Part] = []
        for index in sequences.indices {
            let (rows, positions) = (sequences[index].rows, sequences[index].positions)
            let layout = sequences[index].pages.layout
            precondition(rows.upperBound <= joined.rows && layer >= 0 && layer < layout.layers)
            precondition(layout.keyValueHeads == shape.keyValueHeads && layout.headDimension == shape.headDimension)
            precondition(sequences[index].pages.owns(positions), "no room is reserved for the new rows")
            parts.append(
                CausalAttention.Part(
                    rows: rows, position: positions.lowerBound, layout: layout,
                    pages: sequences[index].pages.pages.map(\.bytes)))
        }
        let attention = CausalAttention(
            shape: shape, layer: layer, parts: parts, input: joined.pointer,
            rotation: Rotation(rotary, kernels: threads.kernels), output: mutablePointer(), threads: threads)
        attention.store()
        attention.attend()
        withExtendedLifetime((rotary, sequences)) {}
    }
}
