import Tensors

/// What one sequence brings to a pass over several.
public struct SequenceStep: Sendable {
    /// Ids of the new tokens, at least one.
    public var tokens: [Int]
    /// Rows in place of the [IMG] tokens among them, in order: part of an image where the others come with other steps.
    public var imageFeatures: [Matrix]
    /// The sequence so far; the pass extends it.
    public var cache: KVCache
    public var logits: MistralModel.LogitRows

    public init(
        tokens: [Int], imageFeatures: [Matrix] = [], cache: KVCache, logits: MistralModel.LogitRows = .last
    ) {
        self.tokens = tokens
        self.imageFeatures = imageFeatures
        self.cache = cache
        self.logits = logits
    }
}

extension MistralModel {
    /// Appends tokens to several sequences in one pass over the weights: the logits that each step asks for.
    ///
    /// The numbers of a step do not depend on the others.
    /// - Throws: as `forward` of one sequence; all caches are as they were then.
    public func forward(
        _ steps: inout [SequenceStep], progress: ModelProgress? = nil
    ) throws(ModelError) -> [Matrix] {
        var results: [Matrix] = []
        for index in steps.indices {
            results.append(
                try forward(
                    steps[index].tokens, imageFeatures: steps[index].imageFeatures, cache: &steps[index].cache,
                    logits: steps[index].logits, progress: progress))
        }
        return results
    }
}
