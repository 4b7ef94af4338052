import Tensors

/// How many tensors there are of each type, and what they take.
struct TensorSummary {
    struct Row {
        var tensors = 0
        var weights = 0
        var bytes = 0
    }

    private(set) var rows: [String: Row] = [:]
    private(set) var total = Row()

    mutating func add(type: String, weights: Int, bytes: Int) {
        func add(to row: inout Row) {
            row.tensors += 1
            row.weights += weights
            row.bytes += bytes
        }
        add(to: &rows[type, default: Row()])
        add(to: &total)
    }

    /// The type that most of the weights have.
    var mainType: String? { rows.max { ($0.value.weights, $1.key) < ($1.value.weights, $0.key) }?.key }

    /// Types with the most weights first.
    var sorted: [(type: String, row: Row)] {
        rows.sorted { ($1.value.weights, $0.key) < ($0.value.weights, $1.key) }.map { ($0.key, $0.value) }
    }
}

extension ModelFileList {
    /// What the headers of all weight files say.
    func summary() throws -> TensorSummary {
        var summary = TensorSummary()
        for file in files where file.hasSuffix(".safetensors") {
            let file = try SafetensorsFile(path: file)
            for name in file.names {
                let tensor = try file.tensor(name)
                let weights = tensor.shape.reduce(1, *)
                summary.add(type: tensor.type, weights: weights, bytes: weights * tensor.bytesPerNumber)
            }
        }
        for file in files where file.hasSuffix(".gguf") {
            for tensor in try GGUFFile(path: file).tensors {
                summary.add(type: tensor.type.name, weights: tensor.rows * tensor.columns, bytes: tensor.byteCount)
            }
        }
        return summary
    }
}

extension StoredTensor {
    /// Bytes of one number; 0 for types that weights do not come in.
    var bytesPerNumber: Int { ["F64": 8, "F32": 4, "F16": 2, "BF16": 2][type] ?? 0 }
}
