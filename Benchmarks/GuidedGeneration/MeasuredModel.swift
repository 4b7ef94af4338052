import Mistral
import Tensors

/// The model that is measured.
enum MeasuredModel {
    /// A model folder, or random weights of a shape such as 512x4: hidden size and layers.
    static func load(_ name: String) throws -> (MistralModel, TekkenTokenizer) {
        let shape = name.split(separator: "x").compactMap { Int($0) }
        guard shape.count == 2 else {
            let model = try MistralModel(folder: name, threads: ThreadPool())
            return (model, try TekkenTokenizer(contentsOfFile: name + "/tekken.json"))
        }
        let tokenizer = try TekkenTokenizer(contentsOfFile: "Tests/Reference/out/tokenizer/tekken_v11_full.json")
        let configuration = MistralConfiguration(
            text: .init(
                hiddenSize: shape[0], layers: shape[1], heads: shape[0] / 64, keyValueHeads: 1, headDimension: 64,
                intermediateSize: 3 * shape[0], vocabularySize: tokenizer.vocabularySize, maxPositions: 8192),
            vision: .init(hiddenSize: 64, layers: 1, heads: 1, intermediateSize: 64, imageSize: 56))
        return (try MistralModel(randomWeights: configuration, seed: 1, threads: ThreadPool()), tokenizer)
    }
}
