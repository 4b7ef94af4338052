import Tensors

/// Weights of a GGUF file for text, and of one for vision where there is one.
struct GGUFWeights: WeightSource {
    /// A copy of the row of [IMG_BREAK] in the embeddings, for programs that do not have these.
    static let imageBreak = "v.token_embd.img_break"

    private let naming = GGUFNaming()
    let text: GGUFFile
    let vision: GGUFFile?

    let rotaryPairs = RotaryPairs.adjacent

    func contains(_ name: WeightName) -> Bool { file(of: name)?.contains(spelling(name)) ?? false }

    func matrix(_ name: WeightName, shape: [Int]) throws(ModelError) -> WeightMatrix {
        let tensor = try tensor(name, shape: shape)
        do { return try tensor.weights(shape: shape) } catch { throw .gguf(error) }
    }

    func vector(_ name: WeightName, count: Int) throws(ModelError) -> [Float] {
        let tensor = try tensor(name, shape: [count])
        do { try tensor.checkScales() } catch { throw .gguf(error) }
        return tensor.floats()
    }

    /// Throws if a file has a tensor that a model of this configuration has no use for: it would compute something
    /// else.
    func refuseOthers(than configuration: MistralConfiguration) throws(ModelError) {
        let known = Set(configuration.weightNames.map(spelling))
        for tensor in text.tensors + (vision?.tensors ?? []) where !known.contains(tensor.name) {
            if tensor.name == Self.imageBreak { continue }
            throw .unsupported(
                path: tensor.path, key: tensor.name,
                reason: "a tensor (\(tensor.type), shape \(tensor.shape)) of "
                    + "unknown meaning")
        }
    }

    private func spelling(_ name: WeightName) -> String { naming.spellings(of: name)[0] }

    private func file(of name: WeightName) -> GGUFFile? {
        switch name {
        case .embedding, .layer(.decoder, _, _), .norm, .output: text
        default: vision
        }
    }

    private func tensor(_ name: WeightName, shape: [Int]) throws(ModelError) -> GGUFTensor {
        let spelling = spelling(name)
        guard let file = file(of: name), file.contains(spelling) else {
            throw .missingTensor(folder: file(of: name)?.path ?? text.path, name: spelling, shape: shape)
        }
        let tensor: GGUFTensor
        do { tensor = try file.tensor(spelling) } catch { throw .gguf(error) }
        guard tensor.shape == shape else {
            throw .tensorShape(folder: tensor.path, name: spelling, expected: shape, found: tensor.shape)
        }
        return tensor
    }
}
