import CKernels

extension Matrix {
    /// Sets this matrix to the attention of new rows to themselves and all earlier ones: (n, heads * headDimension).
    ///
    /// - Parameters:
    ///   - joined: queries, keys and values of the new rows side by side (n, shape.joinedColumns); its queries are
    ///     rotated in place.
    ///   - position: position of the first new row; the store holds all earlier ones and has room for the new ones.
    ///   - rotary: the rotation of each new row.
    ///   - store: where the new keys (rotated) and values are added.
    public mutating func setCausalAttention(
        _ joined: inout Matrix, shape: AttentionShape, position: Int, rotary: RotaryTable, store: inout KeyValueStore,
        threads: ThreadPool
    ) {
        precondition(joined.columns == shape.joinedColumns && rotary.cosines.rows == joined.rows)
        precondition(rotary.cosines.columns == shape.headDimension / 2)
        precondition(store.keyValueHeads == shape.keyValueHeads && store.headDimension == shape.headDimension)
        precondition(position >= 0 && position + joined.rows <= store.capacity)
        reshape(rows: joined.rows, columns: shape.queryColumns)
        let attention = CausalAttention(
            table: threads.kernels.table, shape: shape, position: position, count: joined.rows,
            capacity: store.capacity, input: joined.mutablePointer(), stride: joined.columns,
            keys: store.keys.mutablePointer(), values: store.values.mutablePointer(), output: mutablePointer())
        attention.rotateAndStore(cosines: rotary.cosines.pointer, sines: rotary.sines.pointer, threads: threads)
        if joined.rows < fewestTiledRows {
            attention.attendByRow(threads: threads)
        } else {
            attention.attendByPanel(threads: threads)
        }
        withExtendedLifetime(rotary) {}
    }
}

/// The parts of one call, by pointers that the caller keeps valid.
private struct CausalAttention {
    let table: UnsafePointer<ck_kernels>
    let shape: AttentionShape
    let position: Int
    let count: Int
    let capacity: Int
    let input: UnsafeMutablePointer<Float>  // (count, stride)
    let stride: Int
    let keys: UnsafeMutablePointer<Float>  // (keyValueHeads, capacity, headDimension)
    let values: UnsafeMutablePointer<Float>  // (keyValueHeads, capacity, headDimension)
    let output: UnsafeMutablePointer<Float>  // (count, heads * headDimension)

    private var dimension: Int { shape.headDimension }

    func rotateAndStore(cosines: UnsafePointer<Float>, sines: UnsafePointer<Float>, threads: ThreadPool) {
        let half = dimension / 2
        forRows(count, 2 * stride, threads) { row in
            let (cosine, sine) = (cosines + row * half, sines + row * half)
            let query = input + row * stride
            for head in 0..<shape.heads { table.pointee.rotate(query + head * dimension, cosine, sine, half) }
            let key = query + shape.queryColumns
            let value = key + shape.keyColumns
            for head in 0..<shape.keyValueHeads {
                table.pointee.rotate(key + head * dimension, cosine, sine, half)
                let place = (head * capacity + position + row) * dimension
                (keys + place).update(from: key + head * dimension, count: dimension)
                (values + place).update(from: value + head * dimension, count: dimension)
            }
        }
    }

    /// For few rows: the stored keys are read once for all queries that share them.
    func attendByRow(threads: ThreadPool) {
        let group = shape.group
        let longest = (position + count + 15) / 16 * 16
        let scratch = threads.scratch.borrow(threads.threadCount * group * longest)
        let scores = scratch.pointer
        let attend = { (index: Int, slot: Int) in
            let (row, head) = (index / shape.keyValueHeads, index % shape.keyValueHeads)
            let visible = position + row + 1
            let own = scores + slot * group * longest
            let place = head * capacity * dimension
            table.pointee.matvec(
                input + row * stride + head * group * dimension, dimension, group, keys + place, CK_WEIGHT_F32,
                4 * dimension, visible, dimension, own, longest, 0)
            for query in 0..<group { table.pointee.softmax(own + query * longest, shape.scale, visible) }
            table.pointee.weighted_rows(
                own, longest, group, values + place, dimension, visible, dimension,
                output + row * shape.queryColumns + head * group * dimension, dimension)
        }
        let tasks = count * shape.keyValueHeads
        if (position + count) * shape.queryColumns * count < 16_384 {
            for index in 0..<tasks { attend(index, 0) }
        } else {
            threads.run(count: tasks, body: attend)
        }
        threads.scratch.giveBack(scratch)
    }

    /// For many rows: keys are packed once and multiplied in register tiles.
    func attendByPanel(threads: ThreadPool) {
        let total = position + count
        let panel = AttentionPanel(table: table, headDimension: dimension, scale: shape.scale)
        let keysPerHead = AttentionPanel.packedCount(keys: total, headDimension: dimension)
        let packed = threads.scratch.borrow(shape.keyValueHeads * keysPerHead)
        let packedKeys = packed.pointer
        let tiles = (total + AttentionPanel.keysPerTile - 1) / AttentionPanel.keysPerTile
        let blocks = (tiles + 31) / 32
        threads.run(count: shape.keyValueHeads * blocks) { index, _ in
            let (head, block) = (index / blocks, index % blocks)
            panel.packKeys(
                keys + head * capacity * dimension, stride: dimension, count: total,
                tiles: (block * 32)..<min(tiles, (block + 1) * 32), to: packedKeys + head * keysPerHead)
        }

        let scratchCount = AttentionPanel.scratchCount(keys: total, headDimension: dimension)
        let scratch = threads.scratch.borrow(threads.threadCount * scratchCount)
        let scratchPointer = scratch.pointer
        let panels = (count + AttentionPanel.queries - 1) / AttentionPanel.queries
        threads.run(count: shape.heads * panels) { index, slot in
            // The last queries see most keys: starting with them leaves the small tasks for the end.
            let first = (panels - 1 - index / shape.heads) * AttentionPanel.queries
            let head = index % shape.heads
            let queries = min(AttentionPanel.queries, count - first)
            let shared = head / shape.group
            panel.attend(
                queries: input + first * stride + head * dimension, queryStride: stride, count: queries,
                packedKeys: packedKeys + shared * keysPerHead, values: values + shared * capacity * dimension,
                keys: position + first + queries, visible: position + first + 1,
                to: output + first * shape.queryColumns + head * dimension, outputStride: shape.queryColumns,
                scratch: scratchPointer + slot * scratchCount)
        }
        threads.scratch.giveBack(packed)
        threads.scratch.giveBack(scratch)
    }
}
