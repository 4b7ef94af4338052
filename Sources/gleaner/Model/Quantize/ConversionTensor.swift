import Mistral
import Tensors

/// A tensor of a file that is to be written, and where its weights come from.
struct ConversionTensor {
    let name: String
    let shape: [Int]
    let type: TensorType
    private let source: Source

    private enum Source {
        case gguf(GGUFTensor)
        case model(ModelTensor)
    }

    init(_ tensor: GGUFTensor, type: TensorType) {
        (name, shape, self.type, source) = (tensor.name, tensor.shape, type, .gguf(tensor))
    }

    init(_ tensor: ModelTensor, type: TensorType) {
        (name, shape, self.type, source) = (tensor.name, tensor.shape, type, .model(tensor))
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
        case .model(let tensor):
            for range in Self.blocks(rows: tensor.rowCount, columns: tensor.columns) {
                try writer.append(tensor.rows(range), threads: threads)
                try progress(4 * range.count * tensor.columns)
            }
        }
    }

    /// Weights that are in memory at a time.
    private static let weightsPerBlock = 4 << 20

    private static func blocks(rows: Int, columns: Int) -> [Range<Int>] {
        let step = max(1, weightsPerBlock / max(1, columns))
        return stride(from: 0, to: rows, by: step).map { $0..<min(rows, $0 + step) }
    }
}
