import Tensors

/// A tensor of a file that is to be written, and where its weights come from.
struct ConversionTensor {
    let name: String
    let shape: [Int]
    let type: TensorType
    let source: Source

    enum Source {
        case gguf(GGUFTensor)
        case stored(StoredTensor, RowOrder)
        /// One row of a matrix, as a vector.
        case row(StoredTensor, Int)
    }

    var layout: GGUFLayout.Tensor { GGUFLayout.Tensor(name: name, type: type, shape: shape) }

    /// Writes all rows, a few at a time.
    ///
    /// - Parameter progress: told the bytes of weights that were read, as 32-bit floats; throws to stop.
    func write(to writer: inout GGUFWriter, threads: ThreadPool, progress: (Int) throws -> Void) throws {
        switch source {
        case .gguf(let tensor):
            for range in Self.blocks(rows: tensor.rows, columns: tensor.columns) {
                if tensor.type == type {
                    try writer.append(range, of: tensor)
                } else {
                    try writer.append(tensor.rows(range), threads: threads)
                }
                try progress(4 * range.count * tensor.columns)
            }
        case .stored(let tensor, let order):
            let matrix = try tensor.weights(shape: tensor.shape)
            for range in Self.blocks(rows: matrix.rows, columns: matrix.columns) {
                try writer.append(matrix.rows(at: range.map(order.source)), threads: threads)
                try progress(4 * range.count * matrix.columns)
            }
        case .row(let tensor, let row):
            let matrix = try tensor.weights(shape: tensor.shape)
            try writer.append(matrix.rows(at: [row]), threads: threads)
            try progress(4 * matrix.columns)
        }
    }

    /// Weights that are in memory at a time.
    private static let weightsPerBlock = 4 << 20

    private static func blocks(rows: Int, columns: Int) -> [Range<Int>] {
        let step = max(1, weightsPerBlock / max(1, columns))
        return stride(from: 0, to: rows, by: step).map { $0..<min(rows, $0 + step) }
    }
}

/// Where the rows of a query or key matrix come from.
///
/// Hugging Face's files have the rows of every head in another order than Mistral's own and GGUF files: those that are
/// rotated together are half a head apart there, and adjacent here.
enum RowOrder {
    case asStored
    case halvesOfHeads(dimension: Int)

    /// The stored row that becomes row `row`.
    func source(of row: Int) -> Int {
        switch self {
        case .asStored: return row
        case .halvesOfHeads(let dimension):
            let (head, position) = row.quotientAndRemainder(dividingBy: dimension)
            return head * dimension + position / 2 + position % 2 * (dimension / 2)
        }
    }
}
