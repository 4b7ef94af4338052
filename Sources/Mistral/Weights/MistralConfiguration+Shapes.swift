extension MistralConfiguration {
    /// The shape that a tensor has in a model of this configuration. Without vision, those of vision are empty.
    func shape(of name: WeightName) -> [Int] {
        switch name {
        case .embedding, .output: [text.vocabularySize, text.hiddenSize]
        case .norm: [text.hiddenSize]
        case .layer(.decoder, _, let part):
            Self.shape(
                of: part, hidden: text.hiddenSize, queries: text.heads * text.headDimension,
                keys: text.keyValueHeads * text.headDimension, intermediate: text.intermediateSize)
        default: vision.map { Self.shape(of: name, $0, textSize: text.hiddenSize) } ?? []
        }
    }

    private static func shape(of name: WeightName, _ vision: Vision, textSize: Int) -> [Int] {
        let hidden = vision.hiddenSize
        return switch name {
        case .patchConvolution: [hidden, vision.channels, vision.patchSize, vision.patchSize]
        case .normBeforeVision, .projectorNorm: [hidden]
        case .patchMerger: [hidden, hidden * vision.spatialMergeSize * vision.spatialMergeSize]
        case .projector(.first): [textSize, hidden]
        case .projector(.second): [textSize, textSize]
        case .projectorBias: [textSize]
        case .layer(_, _, let part):
            shape(of: part, hidden: hidden, queries: hidden, keys: hidden, intermediate: vision.intermediateSize)
        case .embedding, .norm, .output: []
        }
    }

    private static func shape(
        of part: WeightName.LayerPart, hidden: Int, queries: Int, keys: Int, intermediate: Int
    ) -> [Int] {
        switch part {
        case .attentionNorm, .feedForwardNorm: [hidden]
        case .query: [queries, hidden]
        case .key, .value: [keys, hidden]
        case .output: [hidden, queries]
        case .gate, .up: [intermediate, hidden]
        case .down: [hidden, intermediate]
        }
    }
}
