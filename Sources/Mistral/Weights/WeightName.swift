/// A tensor of the model, whatever a file calls it.
enum WeightName: Hashable {
    /// The two stacks of layers, which have the same parts.
    enum Stack { case decoder, vision }
    /// What a layer is made of: norm and attention, norm and feed-forward network.
    enum LayerPart: CaseIterable {
        case attentionNorm, query, key, value, output
        case feedForwardNorm, gate, up, down
    }
    /// The two linear layers of the projector.
    enum Linear { case first, second }

    case embedding
    case layer(Stack, Int, LayerPart)
    case norm
    case output
    case patchConvolution
    case normBeforeVision
    case projectorNorm
    case patchMerger
    case projector(Linear)
    case projectorBias(Linear)
}

/// How the files of a format name tensors, and in which order they have the rows of queries and keys.
protocol WeightNaming: Sendable {
    /// Every spelling of a name that files of the format have, the usual one first.
    func spellings(of name: WeightName) -> [String]
}
