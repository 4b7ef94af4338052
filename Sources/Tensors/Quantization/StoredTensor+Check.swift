import CKernels

extension StoredTensor {
    /// Throws `SafetensorsError.entry` if a number of a tensor of weights is infinite or NaN. Reads all bytes.
    ///
    /// Tensors of whole numbers have nothing to check.
    public func checkNumbers() throws(SafetensorsError) {
        guard ["F32", "BF16", "F16"].contains(type), !shape.isEmpty, !shape.contains(0) else { return }
        let weights = try weights(shape: shape)
        let step = max(1, Self.weightsPerStep / weights.columns)
        for start in stride(from: 0, to: weights.rows, by: step) {
            let rows = weights.rows(at: Array(start..<min(weights.rows, start + step)))
            let index = ck_first_non_finite(rows.pointer, rows.rows * rows.columns)
            guard index < 0 else {
                throw .entry(
                    path: path, tensor: name,
                    reason: "the number at index \(start * weights.columns + index) is infinite or NaN; "
                        + "copy or download the file again")
            }
        }
    }

    private static let weightsPerStep = 1 << 20
}
