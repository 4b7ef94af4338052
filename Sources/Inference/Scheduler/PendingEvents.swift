/// What happened in a generation and was not fetched yet.
struct PendingEvents: Sendable {
    /// What was written of an answer.
    private struct Text: Sendable {
        var tokens: [Int] = []
        var bytes: [UInt8] = []
        var logprobs: [Logprobs] = []
        var generation: Generation?

        var isEmpty: Bool { tokens.isEmpty && bytes.isEmpty }
    }

    private let hasLogprobs: Bool
    private var share: Double?
    private var texts: [Text]
    /// Answers whose end was not fetched yet.
    private var unfinished: Int
    private var failure: InferenceError?

    init(choices: Int, hasLogprobs: Bool) {
        self.hasLogprobs = hasLogprobs
        texts = Array(repeating: Text(), count: choices)
        unfinished = choices
    }

    mutating func prefill(share: Double) { self.share = share }

    mutating func append(
        choice: Int, tokens: some Sequence<Int>, bytes: some Sequence<UInt8>, logprobs: some Sequence<Logprobs>
    ) {
        texts[choice].tokens += tokens
        texts[choice].bytes += bytes
        texts[choice].logprobs += logprobs
    }

    mutating func finish(choice: Int, _ generation: Generation) { texts[choice].generation = generation }

    /// Nothing follows; what was not fetched is lost. Only the first failure counts, and none behind the last answer.
    mutating func fail(_ error: InferenceError) {
        if failure == nil, unfinished > 0 { failure = error }
    }

    var isEmpty: Bool {
        !hasEnd && share == nil && texts.allSatisfy(\.isEmpty)
    }

    /// Whether an answer, or everything, has come to its end.
    var hasEnd: Bool { failure != nil || unfinished == 0 || texts.contains { $0.generation != nil } }

    /// The next event, which is then fetched; nil inside if there are no more, nil if there is none yet.
    mutating func take() -> GenerationChannel.Pulled? {
        if let failure { return .failure(failure) }
        if let share {
            self.share = nil
            return .success(.prefilling(share: share))
        }
        for choice in texts.indices {
            if !texts[choice].isEmpty {
                defer { (texts[choice].tokens, texts[choice].bytes, texts[choice].logprobs) = ([], [], []) }
                let text = texts[choice]
                return .success(
                    .tokens(
                        choice: choice, tokens: text.tokens, bytes: text.bytes,
                        logprobs: hasLogprobs ? text.logprobs : nil))
            }
            if let generation = texts[choice].generation {
                texts[choice].generation = nil
                unfinished -= 1
                return .success(.finished(choice: choice, generation))
            }
        }
        return unfinished == 0 ? .success(nil) : nil
    }
}
