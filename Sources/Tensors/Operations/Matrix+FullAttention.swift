import CKernels

extension Matrix {
    /// Sets this matrix to the attention of every row to every row: (n, heads * headDimension).
    ///
    /// - Parameters:
    ///   - joined: queries, keys and values side by side (n, shape.joinedColumns).
    ///   - rotary: the rotation of each row.
    /// Cost: 4 * n * n * heads * headDimension operations. Scratch memory: the keys and values of some heads, at most
    /// 16 MiB or those of one head, and that of a panel for each thread.
    public mutating func setFullAttention(
        _ joined: borrowing Matrix, shape: AttentionShape, rotary: RotaryTable, threads: ThreadPool
    ) {
        precondition(joined.columns == shape.joinedColumns)
        precondition(rotary.cosines.rows == joined.rows && rotary.cosines.columns == shape.headDimension / 2)
        reshape(rows: joined.rows, columns: shape.queryColumns)
        guard joined.rows > 0 else { return }
        let attention = FullAttention(
            shape: shape, count: joined.rows, input: joined.pointer,
            rotation: Rotation(rotary, kernels: threads.kernels), output: mutablePointer(), threads: threads)
        attention.run()
        withExtendedLifetime(rotary) {}
    }
}

/// The parts of one call, by pointers that the caller keeps valid.
private struct FullAttention {
    /// Floats of keys and values that are laid out at once.
    private static let mostFloats = 4 << 20

    let shape: AttentionShape
    let count: Int
    let input: UnsafePointer<Float>  // (count, shape.joinedColumns)
    let rotation: Rotation
    let output: UnsafeMutablePointer<Float>  // (count, shape.queryColumns)
    let threads: ThreadPool

    private var dimension: Int { shape.headDimension }
    private var blocks: Int { (count + AttentionPanel.keysPerBlock - 1) / AttentionPanel.keysPerBlock }
    /// Floats of the keys of one head, and as many of its values.
    private var headFloats: Int { blocks * AttentionPanel.keysPerBlock * dimension }

    func run() {
        let headsAtOnce = max(1, min(shape.keyValueHeads, Self.mostFloats / (2 * headFloats)))
        let laidOut = threads.scratch.borrow(headsAtOnce * 2 * headFloats)
        let scratchCount = max(dimension, AttentionPanel.scratchCount(headDimension: dimension))
        let scratch = threads.scratch.borrow(threads.threadCount * scratchCount)
        let (store, own) = (laidOut.pointer, scratch.pointer)
        let panels = (count + AttentionPanel.mostQueries - 1) / AttentionPanel.mostQueries
        for first in stride(from: 0, to: shape.keyValueHeads, by: headsAtOnce) {
            let heads = min(headsAtOnce, shape.keyValueHeads - first)
            threads.run(count: heads * blocks) { index, slot in
                let (head, block) = (index / blocks, index % blocks)
                layOut(
                    head: first + head, block: block, to: store + head * 2 * headFloats,
                    scratch: own + slot * scratchCount)
            }
            threads.run(count: heads * shape.group * panels) { index, slot in
                let (head, panel) = (index / panels, index % panels)
                attend(
                    head: first * shape.group + head, panel: panel,
                    store: store + head / shape.group * 2 * headFloats, scratch: own + slot * scratchCount)
            }
        }
        threads.scratch.giveBack(laidOut)
        threads.scratch.giveBack(scratch)
    }

    /// Lays out a block of the keys (rotated) and the values of one key-value head.
    private func layOut(
        head: Int, block: Int, to store: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        let first = block * AttentionPanel.keysPerBlock
        let keys = store + first * dimension
        let values = store + headFloats + first * dimension
        for place in 0..<min(AttentionPanel.keysPerBlock, count - first) {
            let key = input + (first + place) * shape.joinedColumns + shape.queryColumns + head * dimension
            scratch.update(from: key, count: dimension)
            rotation.rotate(scratch, row: first + place)
            ck_put_key_f32(scratch, dimension, keys + place)
            (values + place * dimension).update(from: key + shape.keyColumns, count: dimension)
        }
    }

    private func attend(
        head: Int, panel number: Int, store: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        let first = number * AttentionPanel.mostQueries
        let rows = min(AttentionPanel.mostQueries, count - first)
        let panel = AttentionPanel(queries: rows, shape: shape, kernels: threads.kernels, scratch: scratch)
        for row in 0..<rows {
            panel.setQuery(
                row, to: input + (first + row) * shape.joinedColumns + head * dimension, row: first + row,
                rotation: rotation)
        }
        for key in stride(from: 0, to: count, by: AttentionPanel.keysPerBlock) {
            let seen = min(AttentionPanel.keysPerBlock, count - key)
            let block = KeyValueBlock.Numbers(
                keys: store + key * dimension, values: store + headFloats + key * dimension, kind: CK_NUMBERS_F32)
            panel.attend(block, count: seen, visible: seen, group: 0)
        }
        for row in 0..<rows {
            panel.writeOutput(row, to: output + (first + row) * shape.queryColumns + head * dimension)
        }
    }
}
