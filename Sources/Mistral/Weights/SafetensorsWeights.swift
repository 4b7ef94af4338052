import Tensors

/// Weights in safetensors files, by the names of one of the two formats that use them.
struct SafetensorsWeights: WeightSource {
    let format: ModelFiles.Format
    private let folder: String
    private let naming: any WeightNaming
    private let files: Files

    /// The shards of Hugging Face's format, or the one file of Mistral's.
    private enum Files {
        case folder(SafetensorsFolder)
        case file(SafetensorsFile)
    }

    /// Opens the files: headers are read, weights mapped.
    init(folder: String, format: ModelFiles.Format) throws(ModelError) {
        self.folder = folder
        self.format = format
        do {
            if format == .mistral {
                files = .file(try SafetensorsFile(path: folder + "/" + ModelFiles.consolidated))
                naming = MistralNaming()
            } else {
                files = .folder(try SafetensorsFolder(path: folder))
                naming = HuggingFaceNaming()
            }
        } catch { throw ModelError(error) }
    }

    var rotaryPairs: RotaryPairs { format == .mistral ? .adjacent : .halves }

    /// Names of all tensors, sorted.
    var names: [String] {
        switch files {
        case .folder(let folder): folder.names
        case .file(let file): file.names
        }
    }

    func contains(_ name: WeightName) -> Bool { spelling(of: name) != nil }

    func matrix(_ name: WeightName, shape: [Int]) throws(ModelError) -> WeightMatrix {
        let tensor = try tensor(name, shape: shape)
        do { return try tensor.weights(shape: shape) } catch { throw ModelError(error) }
    }

    func vector(_ name: WeightName, count: Int) throws(ModelError) -> [Float] {
        let tensor = try tensor(name, shape: [count])
        let numbers: [Float]
        do { numbers = try tensor.floats() } catch { throw ModelError(error) }
        guard numbers.allSatisfy(\.isFinite) else { throw .notFinite(path: tensor.path, tensor: tensor.name) }
        return numbers
    }

    /// The tensor that the files call so.
    func tensor(named name: String) throws(ModelError) -> StoredTensor {
        do {
            switch files {
            case .folder(let folder): return try folder.tensor(name)
            case .file(let file): return try file.tensor(name)
            }
        } catch { throw ModelError(error) }
    }

    private func tensor(_ name: WeightName, shape: [Int]) throws(ModelError) -> StoredTensor {
        guard let spelling = spelling(of: name) else {
            throw .missingTensor(folder: folder, name: naming.spellings(of: name)[0], shape: shape)
        }
        let tensor = try tensor(named: spelling)
        guard tensor.shape == shape else {
            throw .tensorShape(folder: folder, name: spelling, expected: shape, found: tensor.shape)
        }
        return tensor
    }

    private func spelling(of name: WeightName) -> String? { naming.spellings(of: name).first(where: isStored) }

    private func isStored(_ name: String) -> Bool {
        switch files {
        case .folder(let folder): folder.contains(name)
        case .file(let file): file.contains(name)
        }
    }
}
