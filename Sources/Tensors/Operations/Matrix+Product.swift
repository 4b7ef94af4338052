import CKernels

extension Matrix {
    /// Sets this matrix to the products of `x` (n, in) with the transposes of several weights (out, in), side by side:
    /// (n, sum of out).
    ///
    /// Up to seven rows are multiplied by reading every weight once; more rows are packed and multiplied in register
    /// tiles. Cost: 2 * n * in * out floating-point operations.
    public mutating func setProduct(_ x: Matrix, _ weights: [WeightMatrix], threads: ThreadPool) {
        reshape(rows: x.rows, columns: weights.reduce(0) { $0 + $1.rows })
        multiply(x, weights, into: mutablePointer(), stride: columns, accumulate: false, threads: threads)
    }

    /// Adds the product of `x` (n, in) with the transpose of a weight (out, in) to this matrix (n, out).
    public mutating func addProduct(_ x: Matrix, _ weight: WeightMatrix, threads: ThreadPool) {
        precondition(rows == x.rows && columns == weight.rows)
        multiply(x, [weight], into: mutablePointer(), stride: columns, accumulate: true, threads: threads)
    }

    /// The product of this matrix (n, in) with the transpose of a weight (out, in): (n, out).
    public func multiplied(by weight: WeightMatrix, threads: ThreadPool) -> Matrix {
        var result = Matrix(uninitializedRows: 0, columns: 0)
        result.setProduct(self, [weight], threads: threads)
        return result
    }
}

private let tileRows = Int(CK_TILE_ROWS)
private let tileColumns = Int(CK_TILE_COLUMNS)
private let depthBlock = Int(CK_DEPTH_BLOCK)

/// Fewest rows for which packing pays.
let fewestTiledRows = 8

private func multiply(
    _ x: Matrix, _ weights: [WeightMatrix], into y: UnsafeMutablePointer<Float>, stride: Int, accumulate: Bool,
    threads: ThreadPool
) {
    precondition(weights.allSatisfy { $0.columns == x.columns })
    guard x.rows > 0, x.columns > 0 else { return }
    if x.rows < fewestTiledRows {
        multiplyFewRows(x, weights, into: y, stride: stride, accumulate: accumulate, threads: threads)
    } else {
        multiplyTiles(x, weights, into: y, stride: stride, accumulate: accumulate, threads: threads)
    }
}

/// Consecutive outputs of one weight, and the column of the result where they go.
private struct Panel {
    let weight: WeightMatrix
    let first: Int
    let count: Int
    let column: Int
}

private func panels(of weights: [WeightMatrix], width: Int) -> [Panel] {
    var panels: [Panel] = []
    var column = 0
    for weight in weights {
        for first in Swift.stride(from: 0, to: weight.rows, by: width) {
            let count = min(width, weight.rows - first)
            panels.append(Panel(weight: weight, first: first, count: count, column: column + first))
        }
        column += weight.rows
    }
    return panels
}

private func multiplyFewRows(
    _ x: Matrix, _ weights: [WeightMatrix], into y: UnsafeMutablePointer<Float>, stride: Int, accumulate: Bool,
    threads: ThreadPool
) {
    let table = threads.kernels.table
    let (from, rows, depth) = (x.pointer, x.rows, x.columns)
    let compute = { (panel: Panel) in
        table.pointee.matvec(
            from, depth, rows, panel.weight.bytes + panel.first * panel.weight.rowBytes, panel.weight.kind,
            panel.weight.rowBytes, panel.count, depth, y + panel.column, stride, accumulate ? 1 : 0)
    }
    let bytes = weights.reduce(0) { $0 + $1.byteCount }
    // About a microsecond of work is not worth waking another thread.
    if threads.threadCount == 1 || bytes * rows < 65_536 {
        for panel in panels(of: weights, width: .max) { compute(panel) }
        return
    }
    let outputs = weights.reduce(0) { $0 + $1.rows }
    let bytesPerPanel = max(16_384, min(262_144, bytes / (4 * threads.threadCount)))
    let width = max(4, bytesPerPanel * outputs / bytes / 4 * 4)
    let list = panels(of: weights, width: width)
    threads.run(count: list.count) { index, _ in compute(list[index]) }
}

private func multiplyTiles(
    _ x: Matrix, _ weights: [WeightMatrix], into y: UnsafeMutablePointer<Float>, stride: Int, accumulate: Bool,
    threads: ThreadPool
) {
    let table = threads.kernels.table
    let (rows, depth) = (x.rows, x.columns)
    let tiles = (rows + tileRows - 1) / tileRows
    let packed = packTiles(x, tiles: tiles, threads: threads)
    let from = UnsafePointer(packed.pointer)
    let list = panels(of: weights, width: tileColumns)

    // One task: a group of panels for a block of rows. Larger groups reread the packed rows less often; blocks keep
    // the part of the packed rows that is in use (rows * depthBlock) in the second-level cache.
    let wanted = threads.threadCount == 1 ? 1 : 4 * threads.threadCount
    var blocks = (tiles + 63) / 64
    let group = max(1, min(4, list.count * blocks / wanted))
    let groups = (list.count + group - 1) / group
    if groups * blocks < wanted { blocks = min((tiles + 7) / 8, (wanted + groups - 1) / groups) }
    let tilesPerBlock = (tiles + blocks - 1) / blocks
    let panelSize = depthBlock * tileColumns
    let scratch = threads.scratch.borrow(threads.threadCount * group * panelSize)
    let panelScratch = scratch.pointer

    threads.run(count: groups * blocks) { index, slot in
        let (block, groupIndex) = (index % blocks, index / blocks)
        let firstTile = block * tilesPerBlock
        let lastTile = min(tiles, firstTile + tilesPerBlock)
        guard firstTile < lastTile else { return }
        let own = panelScratch + slot * group * panelSize
        let panelRange = (groupIndex * group)..<min(list.count, (groupIndex + 1) * group)
        for k in Swift.stride(from: 0, to: depth, by: depthBlock) {
            let length = min(depthBlock, depth - k)
            let slab = from + k * tiles * tileRows
            for number in panelRange {
                let panel = list[number]
                let weights = own + (number - panelRange.lowerBound) * panelSize
                let elementBytes = panel.weight.format == .float32 ? 4 : 2
                table.pointee.pack_weights(
                    panel.weight.bytes + panel.first * panel.weight.rowBytes + k * elementBytes, panel.weight.kind,
                    panel.weight.rowBytes, panel.count, length, weights)
                for tile in firstTile..<lastTile {
                    let row = tile * tileRows
                    table.pointee.tile(
                        min(tileRows, rows - row), panel.count, length, slab + row * length, tileRows, weights,
                        tileColumns, y + row * stride + panel.column, stride, accumulate || k > 0 ? 1 : 0)
                }
            }
        }
    }
    threads.scratch.giveBack(packed)
    threads.scratch.giveBack(scratch)
}

/// The rows in tiles, in borrowed memory: for each block of the depth (tiles, block length, tileRows).
private func packTiles(_ x: Matrix, tiles: Int, threads: ThreadPool) -> AlignedStorage {
    let table = threads.kernels.table
    let (from, rows, depth) = (x.pointer, x.rows, x.columns)
    let storage = threads.scratch.borrow(tiles * tileRows * depth)
    let to = storage.pointer
    let tilesPerTask = max(1, min(32, tiles / (2 * threads.threadCount)))
    threads.run(count: (tiles + tilesPerTask - 1) / tilesPerTask) { index, _ in
        for tile in (index * tilesPerTask)..<min(tiles, (index + 1) * tilesPerTask) {
            let row = tile * tileRows
            for k in Swift.stride(from: 0, to: depth, by: depthBlock) {
                let length = min(depthBlock, depth - k)
                table.pointee.pack_rows(
                    from + row * depth + k, depth, min(tileRows, rows - row), length,
                    to + k * tiles * tileRows + row * length)
            }
        }
    }
    return storage
}
