import Tensors

/// Where weights come from, by their names in released Hugging Face files.
protocol WeightSource {
    /// True if there is a tensor of this name.
    func contains(_ name: String) -> Bool
    /// The matrix of this name; the first extent counts the rows.
    func matrix(_ name: String, shape: [Int]) throws(ModelError) -> WeightMatrix
    /// The vector of this name.
    func vector(_ name: String, count: Int) throws(ModelError) -> [Float]
}

/// Weights of the safetensors files of a folder.
struct FolderWeightSource: WeightSource {
    private let folder: SafetensorsFolder

    var byteCount: Int { folder.byteCount }

    init(path: String) throws(ModelError) {
        do { folder = try SafetensorsFolder(path: path) } catch {
            if case .file(let reason) = error { throw .file(reason) }
            throw .weights(error)
        }
    }

    func contains(_ name: String) -> Bool { spelling(of: name) != nil }

    func matrix(_ name: String, shape: [Int]) throws(ModelError) -> WeightMatrix {
        let tensor = try tensor(name, shape: shape)
        do { return try tensor.weights(shape: shape) } catch { throw .weights(error) }
    }

    func vector(_ name: String, count: Int) throws(ModelError) -> [Float] {
        let tensor = try tensor(name, shape: [count])
        do { return try tensor.floats() } catch { throw .weights(error) }
    }

    private func tensor(_ name: String, shape: [Int]) throws(ModelError) -> StoredTensor {
        guard let spelling = spelling(of: name) else {
            throw .missingTensor(folder: folder.path, name: name, shape: shape)
        }
        let tensor: StoredTensor
        do { tensor = try folder.tensor(spelling) } catch { throw .weights(error) }
        guard tensor.shape == shape else {
            throw .tensorShape(folder: folder.path, name: spelling, expected: shape, found: tensor.shape)
        }
        return tensor
    }

    /// The name that the files use: the released one, with a leading "model.", or as newer Python code names it.
    private func spelling(of name: String) -> String? {
        var spellings = [name, "model." + name]
        if name.hasPrefix("language_model.model.") {
            spellings.append("model.language_model." + name.dropFirst("language_model.model.".count))
        } else if name.hasPrefix("language_model.") {
            let short = String(name.dropFirst("language_model.".count))
            spellings += [short, "model." + short]
        }
        return spellings.first { folder.contains($0) }
    }
}
