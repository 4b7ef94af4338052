import Tensors

extension ModelFiles {
    /// Weights that are examined at once, at most.
    private static let weightsAtOnce = 1 << 20

    /// Reads all weights, and throws if one is infinite or NaN, or a scale that weights share.
    ///
    /// - Parameter progress: gets the share of the bytes that are done; the work stops if it returns false.
    /// - Throws: `ModelError.notFinite`, `.gguf`, `.cancelled`, and what opening the files can throw.
    public func checkWeights(progress: ModelProgress? = nil) throws(ModelError) {
        let total = Double(max(1, weightBytes))
        var done = 0.0
        if let gguf {
            for tensor in gguf.text.tensors + (gguf.vision?.tensors ?? []) {
                try progress.report(done / total)
                do { try tensor.checkScales() } catch { throw .gguf(error) }
                done += Double(tensor.byteCount)
            }
        } else {
            let weights = try SafetensorsWeights(folder: folder, format: format)
            for name in weights.names {
                try progress.report(done / total)
                done += Double(try Self.check(weights.tensor(named: name)))
            }
        }
        try progress.report(1)
    }

    /// The number of bytes of a tensor all of whose numbers are finite.
    private static func check(_ tensor: StoredTensor) throws(ModelError) -> Int {
        // Other tensors, such as tables of whole numbers, are none of the model's.
        guard ["F32", "BF16", "F16"].contains(tensor.type), !tensor.shape.isEmpty else { return 0 }
        let matrix: WeightMatrix
        do { matrix = try tensor.weights(shape: tensor.shape) } catch { throw ModelError(error) }
        let step = max(1, weightsAtOnce / max(1, matrix.columns))
        for first in stride(from: 0, to: matrix.rows, by: step) {
            let rows = matrix.rows(at: Array(first..<min(matrix.rows, first + step)))
            guard rows.values.allSatisfy(\.isFinite) else { throw .notFinite(path: tensor.path, tensor: tensor.name) }
        }
        return matrix.byteCount
    }
}
