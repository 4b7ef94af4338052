extension Matrix {
    /// Sets this matrix to `x` (n, columns), each row divided by its root mean square and multiplied by `weight`.
    ///
    /// Source: Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019.
    public mutating func setNormalized(_ x: Matrix, weight: [Float], epsilon: Float, threads: ThreadPool) {
        precondition(weight.count == x.columns)
        reshape(rows: x.rows, columns: x.columns)
        let table = threads.kernels.table
        let (from, to, columns) = (x.pointer, mutablePointer(), self.columns)
        // Referred to by pointer only inside; the array outlives the loop.
        weight.withUnsafeBufferPointer { weight in
            guard let weight = weight.baseAddress else { return }
            forRows(rows, columns, threads) { row in
                table.pointee.rms_norm(from + row * columns, weight, epsilon, to + row * columns, columns)
            }
        }
    }

    /// Each row divided by its root mean square and multiplied by `weight`.
    public func normalized(weight: [Float], epsilon: Float, threads: ThreadPool) -> Matrix {
        var result = Matrix(uninitializedRows: 0, columns: 0)
        result.setNormalized(self, weight: weight, epsilon: epsilon, threads: threads)
        return result
    }

    /// Sets this matrix to silu(gate) * up, where `x` (n, 2 * columns) holds gate and up side by side.
    ///
    /// Source: Shazeer, "GLU Variants Improve Transformer", 2020.
    public mutating func setGated(_ x: Matrix, threads: ThreadPool) {
        precondition(x.columns % 2 == 0)
        let width = x.columns / 2
        reshape(rows: x.rows, columns: width)
        let table = threads.kernels.table
        let (from, to) = (x.pointer, mutablePointer())
        forRows(rows, 4 * width, threads) { row in
            let gate = from + row * 2 * width
            table.pointee.silu_gate(gate, gate + width, to + row * width, width)
        }
    }

    /// Replaces each number by x / 2 * (1 + erf(x / sqrt 2)).
    ///
    /// Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016; the exact form, not the tanh one.
    public mutating func applyGELU(threads: ThreadPool) {
        let table = threads.kernels.table
        let (values, width) = (mutablePointer(), columns)
        forRows(rows, 8 * width, threads) { row in table.pointee.gelu(values + row * width, width) }
    }
}

/// Runs `body` for each row, on several threads if there is enough to do.
func forRows(_ rows: Int, _ costPerRow: Int, _ threads: ThreadPool, _ body: @escaping (Int) -> Void) {
    let rowsPerTask = max(1, 16_384 / max(1, costPerRow))
    if rows <= rowsPerTask {
        for row in 0..<rows { body(row) }
        return
    }
    threads.run(count: (rows + rowsPerTask - 1) / rowsPerTask) { task, _ in
        for row in (task * rowsPerTask)..<min(rows, (task + 1) * rowsPerTask) { body(row) }
    }
}
