import Tensors

/// A tensor of a model in safetensors files as GGUF files have it: by their name, rows of queries and keys in their order.
public struct ModelTensor: Sendable {
    /// As in GGUF files, such as "blk.0.attn_q.weight".
    public let name: String
    public let shape: [Int]
    /// Whether it is part of vision encoder or projector, which GGUF models have in a file of its own.
    public let isVision: Bool
    private let weights: WeightMatrix
    private let order: RowOrder

    private enum RowOrder: Sendable {
        case asStored
        /// Rows that are rotated together are half a head apart in the file, and adjacent in GGUF files.
        case halvesOfHeads(dimension: Int)
        case single(Int)
    }

    private init(_ name: String, shape: [Int], isVision: Bool, weights: WeightMatrix, order: RowOrder) {
        self.name = name
        self.shape = shape
        self.isVision = isVision
        self.weights = weights
        self.order = order
    }

    /// Rows of `columns` numbers; of a vector as many as it has numbers.
    public var rowCount: Int { if case .single = order { 1 } else { weights.rows } }
    public var columns: Int { weights.columns }

    /// Some rows, widened to 32 bits: (range.count, columns). The range must lie in `0..<rowCount`.
    public func rows(_ range: Range<Int>) -> Matrix { weights.rows(at: range.map(place)) }

    /// Where in the file a row stands.
    private func place(_ row: Int) -> Int {
        switch order {
        case .asStored: return row
        case .single(let place): return place
        case .halvesOfHeads(let dimension):
            let (head, position) = row.quotientAndRemainder(dividingBy: dimension)
            return head * dimension + position / 2 + position % 2 * (dimension / 2)
        }
    }
}

extension ModelTensor {
    /// All tensors of a model in safetensors files, those of the decoder first; none for GGUF files.
    ///
    /// Headers are read, weights mapped.
    /// - Throws: `.missingTensor`, `.tensorShape`, and `.unsupported` for tensors that a model of this configuration has no
    ///   use for: without them it would compute something else.
    public static func all(
        of files: ModelFiles, _ configuration: MistralConfiguration
    ) throws(ModelError) -> [ModelTensor] {
        guard files.format != .gguf else { return [] }
        let source = try SafetensorsWeights(folder: files.folder, format: files.format)
        let gguf = GGUFNaming()
        var tensors: [ModelTensor] = []
        for name in configuration.weightNames {
            // Tied to the embedding where it is absent.
            if name == .output, !source.contains(name) { continue }
            let shape = configuration.shape(of: name)
            tensors.append(
                ModelTensor(
                    gguf.spellings(of: name)[0], shape: shape, isVision: name.isVision,
                    weights: try source.matrix(name, shape: shape),
                    order: order(of: name, configuration, source.rotaryPairs)))
        }
        try refuseOthers(source, configuration)
        if let vision = try imageBreak(source, configuration) { tensors.append(vision) }
        return tensors
    }

    /// The embedding of [IMG_BREAK], for programs that only have the file of the vision encoder.
    private static func imageBreak(
        _ source: SafetensorsWeights, _ configuration: MistralConfiguration
    ) throws(ModelError) -> ModelTensor? {
        // The token has this number in all vocabularies of models with vision.
        let (token, text) = (12, configuration.text)
        guard configuration.vision != nil, token < text.vocabularySize else { return nil }
        return ModelTensor(
            GGUFWeights.imageBreak, shape: [text.hiddenSize], isVision: true,
            weights: try source.matrix(.embedding, shape: configuration.shape(of: .embedding)), order: .single(token))
    }

    private static func order(
        of name: WeightName, _ configuration: MistralConfiguration, _ pairs: RotaryPairs
    ) -> RowOrder {
        guard pairs == .halves, case .layer(let stack, _, let part) = name, part == .query || part == .key else {
            return .asStored
        }
        let vision = configuration.vision?.headDimension ?? 2
        return .halvesOfHeads(dimension: stack == .decoder ? configuration.text.headDimension : vision)
    }

    private static func refuseOthers(
        _ source: SafetensorsWeights, _ configuration: MistralConfiguration
    ) throws(ModelError) {
        let naming: any WeightNaming = source.format == .mistral ? MistralNaming() : HuggingFaceNaming()
        let known = Set(configuration.weightNames.flatMap(naming.spellings))
        guard let name = source.names.first(where: { !known.contains($0) }) else { return }
        let tensor = try source.tensor(named: name)
        throw .unsupported(
            path: tensor.path, key: name,
            reason: "a tensor (\(tensor.type), shape \(tensor.shape)) of unknown meaning")
    }
}

extension ModelFiles {
    /// The opened GGUF files of decoder and vision encoder; nil where the model has none.
    public var ggufText: GGUFFile? { gguf?.text }
    public var ggufVision: GGUFFile? { gguf?.vision }
}

extension WeightName {
    fileprivate var isVision: Bool {
        switch self {
        case .embedding, .norm, .output, .layer(.decoder, _, _): false
        default: true
        }
    }
}
