import Tensors

/// Joins squares of patches and brings them to the width of the decoder.
struct Projector: Sendable {
    let mergeSize: Int
    /// That of the decoder's norms.
    let epsilon: Float
    let weights: ProjectorWeights

    /// (gridRows * gridColumns, vision hidden) to (gridRows * gridColumns / mergeSize^2, text hidden).
    func project(_ features: Matrix, gridRows: Int, gridColumns: Int, threads: ThreadPool) -> Matrix {
        var x = features
        if let norm = weights.norm { x = x.normalized(weight: norm, epsilon: epsilon, threads: threads) }
        if let merger = weights.merger {
            x = x.mergedPatches(gridRows: gridRows, gridColumns: gridColumns, size: mergeSize)
                .multiplied(by: merger, threads: threads)
        }
        x = weights.first.applied(to: x, threads: threads)
        x.applyGELU(threads: threads)
        return weights.second.applied(to: x, threads: threads)
    }
}

extension ProjectorWeights.Linear {
    /// The products of some rows with the weights, and the biases: (rows, outputs).
    func applied(to x: Matrix, threads: ThreadPool) -> Matrix {
        guard let biases else { return x.multiplied(by: weights, threads: threads) }
        var result = Matrix(
            rows: x.rows, columns: biases.count, values: Array(repeatElement(biases, count: x.rows).joined()))
        result.addProduct(x, weights, threads: threads)
        return result
    }
}
