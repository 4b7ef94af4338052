extension Matrix {
    /// Sets this matrix to the attention of every row to every row: (n, heads * headDimension).
    ///
    /// - Parameters:
    ///   - joined: queries, keys and values side by side (n, shape.joinedColumns); its queries and keys are rotated in
    ///     place. `shape.keyValueHeads` must equal `shape.heads`.
    ///   - rotary: the rotation of each row.
    /// Cost: 4 * n * n * heads * headDimension operations, n * 32 floats of scores for each thread.
    public mutating func setFullAttention(
        _ joined: inout Matrix, shape: AttentionShape, rotary: RotaryTable, threads: ThreadPool
    ) {
        precondition(joined.columns == shape.joinedColumns && shape.heads == shape.keyValueHeads)
        precondition(rotary.cosines.rows == joined.rows && rotary.cosines.columns == shape.headDimension / 2)
        let (count, heads, dimension) = (joined.rows, shape.heads, shape.headDimension)
        reshape(rows: count, columns: shape.queryColumns)
        let table = threads.kernels.table
        let panel = AttentionPanel(table: table, headDimension: dimension, scale: shape.scale)
        let stride = joined.columns
        let input = joined.mutablePointer()
        let output = mutablePointer()
        let (cosines, sines) = (rotary.cosines.pointer, rotary.sines.pointer)

        let keysPerHead = AttentionPanel.packedCount(keys: count, headDimension: dimension)
        let packed = threads.scratch.borrow(heads * keysPerHead)
        let values = threads.scratch.borrow(heads * count * dimension)
        let (packedKeys, headValues) = (packed.pointer, values.pointer)

        // Rotate, and gather the keys and values of each head, in blocks of whole tiles.
        let tiles = (count + AttentionPanel.keysPerTile - 1) / AttentionPanel.keysPerTile
        let blocks = (tiles + 15) / 16
        threads.run(count: heads * blocks) { index, _ in
            let (head, block) = (index / blocks, index % blocks)
            let tileRange = (block * 16)..<min(tiles, (block + 1) * 16)
            let query = input + head * dimension
            let key = query + heads * dimension
            let value = key + heads * dimension
            let firstRow = tileRange.lowerBound * AttentionPanel.keysPerTile
            let rows = firstRow..<min(count, tileRange.upperBound * AttentionPanel.keysPerTile)
            for row in rows {
                let angle = row * (dimension / 2)
                table.pointee.rotate(query + row * stride, cosines + angle, sines + angle, dimension / 2)
                table.pointee.rotate(key + row * stride, cosines + angle, sines + angle, dimension / 2)
                (headValues + (head * count + row) * dimension).update(from: value + row * stride, count: dimension)
            }
            panel.packKeys(key, stride: stride, count: count, tiles: tileRange, to: packedKeys + head * keysPerHead)
        }

        let scratchCount = AttentionPanel.scratchCount(keys: count, headDimension: dimension)
        let scratch = threads.scratch.borrow(threads.threadCount * scratchCount)
        let scratchPointer = scratch.pointer
        let panels = (count + AttentionPanel.queries - 1) / AttentionPanel.queries
        threads.run(count: heads * panels) { index, slot in
            let (head, first) = (index / panels, index % panels * AttentionPanel.queries)
            panel.attend(
                queries: input + first * stride + head * dimension, queryStride: stride,
                count: min(AttentionPanel.queries, count - first), packedKeys: packedKeys + head * keysPerHead,
                values: headValues + head * count * dimension, keys: count, visible: nil,
                to: output + first * heads * dimension + head * dimension, outputStride: heads * dimension,
                scratch: scratchPointer + slot * scratchCount)
        }
        for buffer in [packed, values, scratch] { threads.scratch.giveBack(buffer) }
        withExtendedLifetime(rotary) {}
    }
}
