import Mistral
import Tensors

/// What a scheduler needs of a model.
protocol BatchModel: Sendable {
    var configuration: MistralConfiguration { get }
    var threads: ThreadPool { get }

    func makeCache(format: KeyValueFormat) -> KVCache

    /// Appends tokens to several sequences; the numbers of a step do not depend on the others. If it throws, all caches
    /// are as they were.
    func forward(_ steps: inout [SequenceStep], progress: ModelProgress?) throws(ModelError) -> [Matrix]
}

extension MistralModel: BatchModel {}
