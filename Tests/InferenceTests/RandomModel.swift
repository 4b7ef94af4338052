import Inference
import JSONSchema
import Mistral
import Tensors
import TestSupport

/// A small model of random weights with the reference tokenizer of 2,048 tokens: it writes whatever the grammar lets it.
enum RandomModel {
    static let tokenizer = Result {
        try TekkenTokenizer(contentsOfFile: Repository.reference("tokenizer/tekken_v11_tiny.json"))
    }

    static func generator(
        seed: UInt64 = 1, threads: Int = 1, limits: SchedulerLimits = SchedulerLimits()
    ) throws -> Generator {
        Generator(model: try model(seed: seed, threads: threads), tokenizer: try tokenizer.get(), limits: limits)
    }

    static func model(seed: UInt64 = 1, threads: Int = 1) throws -> MistralModel {
        let configuration = MistralConfiguration(
            text: .init(
                hiddenSize: 32, layers: 1, heads: 2, keyValueHeads: 1, headDimension: 16, intermediateSize: 48,
                vocabularySize: try tokenizer.get().vocabularySize, maxPositions: 1024),
            vision: .init(hiddenSize: 16, layers: 1, heads: 1, intermediateSize: 16, imageSize: 56))
        return try MistralModel(randomWeights: configuration, seed: seed, threads: ThreadPool(threadCount: threads))
    }

    /// `<s>[INST]text[/INST]`
    static func prompt(_ text: String = "a") throws -> PromptTokens {
        try ChatTemplate(tokenizer.get()).encode([.user(ChatContent(text))])
    }
}

func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }
