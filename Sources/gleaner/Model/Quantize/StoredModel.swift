import Mistral
import Tensors

/// The tensors of a folder with safetensors files, by the parts of the architecture that they are.
struct StoredModel {
    let folder: String
    private let isNative: Bool
    private let tensors: [String: StoredTensor]

    /// Opens a folder in Hugging Face's form.
    init(huggingFace folder: String) throws(SafetensorsError) {
        let files = try SafetensorsFolder(path: folder)
        var tensors: [String: StoredTensor] = [:]
        for name in files.names { tensors[name] = try files.tensor(name) }
        (self.folder, self.tensors, isNative) = (folder, tensors, false)
    }

    /// Opens a folder in Mistral's own form.
    init(native folder: String) throws(SafetensorsError) {
        let file = try SafetensorsFile(path: folder + "/consolidated.safetensors")
        var tensors: [String: StoredTensor] = [:]
        for name in file.names { tensors[name] = try file.tensor(name) }
        (self.folder, self.tensors, isNative) = (folder, tensors, true)
    }

    /// The tensor that is a part, and the order of its rows; nil for an optional part that is not there.
    func tensor(_ part: ModelPart) throws(ModelError) -> (StoredTensor, RowOrder)? {
        guard let tensor = spelling(of: part).flatMap({ tensors[$0] }) else {
            if part.isOptional { return nil }
            throw .missingTensor(
                folder: folder, name: isNative ? part.native : part.huggingFace, shape: part.shape)
        }
        guard tensor.shape == part.shape else {
            throw .tensorShape(folder: folder, name: tensor.name, expected: part.shape, found: tensor.shape)
        }
        let dimension = isNative ? nil : part.headDimension
        return (tensor, dimension.map { .halvesOfHeads(dimension: $0) } ?? .asStored)
    }

    /// Names of tensors that are none of the parts: of another architecture, so that leaving them out would be wrong.
    func names(besides parts: [ModelPart]) -> [String] {
        let known = Set(parts.compactMap(spelling))
        return tensors.keys.filter { !known.contains($0) }.sorted()
    }

    private func spelling(of part: ModelPart) -> String? {
        let spellings = isNative ? [part.native] : part.huggingFaceSpellings
        return spellings.first { tensors[$0] != nil }
    }
}
