import Tensors

/// Joins squares of patches and brings them to the width of the decoder.
struct Projector: Sendable {
    let mergeSize: Int
    /// That of the decoder's norms.
    let epsilon: Float
    let weights: ProjectorWeights

    /// (gridRows * gridColumns, vision hidden) to (gridRows * gridColumns / mergeSize^2, text hidden).
    func project(_ features: Matrix, gridRows: Int, gridColumns: Int, threads: ThreadPool) -> Matrix {
        var x = features.normalized(weight: weights.norm, epsilon: epsilon, threads: threads)
            .mergedPatches(gridRows: gridRows, gridColumns: gridColumns, size: mergeSize)
            .multiplied(by: weights.merge, threads: threads)
            .multiplied(by: weights.first, threads: threads)
        x.applyGELU(threads: threads)
        return x.multiplied(by: weights.second, threads: threads)
    }
}
