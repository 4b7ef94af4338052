import Mistral
import Tensors

/// A sequence of tokens that the model reads and that answers continue: first the prompt of a request, then one of its
/// answers. Only the scheduler's thread touches it.
final class RunningSequence {
    /// The request, and how many of its sequences still run: its memory is free when there are none.
    final class Request {
        fileprivate(set) var job: GenerationJob
        let waitingSeconds: Double
        var unfinished: Int

        init(_ job: GenerationJob) {
            self.job = job
            waitingSeconds = job.submitted.seconds
            unfinished = job.writers.count
        }
    }

    let request: Request
    /// The answers that follow: all while the prompt is read, then one.
    private(set) var writers: [AnswerWriter]
    /// Nil before it begins, and while a step has it.
    var cache: KVCache?
    /// Tokens that the model is to read, of which it has read the first `readTokens`.
    private var tokens: [Int]
    private var readTokens = 0
    private var readImageRows = 0
    /// False once there are logits to answer by.
    private(set) var isPrompt = true
    private(set) var cachedTokens = 0
    /// Whether its prompt is kept for others, or is not to be.
    var isPromptKept: Bool
    /// An earlier one whose prompt begins with as many of the same tokens, until they were read.
    var leader: (sequence: RunningSequence, common: Int)?
    /// True when it has come to its end, whatever that was.
    var isOver = false
    private var stopwatch = Stopwatch()
    private var prefillSeconds = 0.0

    init(_ request: Request) {
        self.request = request
        writers = request.job.writers
        tokens = request.job.tokens
        isPromptKept = !request.job.sharesPrompt
    }

    /// A branch that goes on with one answer where the prompt ends.
    private init(_ prompt: RunningSequence, writer: AnswerWriter) {
        request = prompt.request
        writers = [writer]
        cache = prompt.cache
        tokens = []
        isPrompt = false
        isPromptKept = true
        cachedTokens = prompt.cachedTokens
        prefillSeconds = prompt.prefillSeconds
    }

    var job: GenerationJob { request.job }
    /// Tokens that the model has yet to read.
    var pending: Int { tokens.count - readTokens }
    var isReadingPrompt: Bool { isPrompt && !isOver }
    /// Tokens of the prompt that have keys and values.
    var promptPosition: Int { isPrompt ? readTokens : job.promptTokens }
    /// Share of the prompt that is read when so many more tokens are.
    func share(reading count: Double) -> Double { (Double(readTokens) + count) / Double(max(1, tokens.count)) }

    /// Begins with the keys and values of some of its first tokens.
    func begin(_ cache: KVCache, imageTokenID: Int) {
        self.cache = cache
        cachedTokens = cache.count
        readTokens = cache.count
        readImageRows = tokens[..<readTokens].count { $0 == imageTokenID }
    }

    /// The next tokens as a step of the model, which has the cache until `finish`; nil if it has not begun.
    func step(tokens count: Int, imageTokenID: Int) -> SequenceStep? {
        guard let cache else { return nil }
        self.cache = nil
        let part = Array(tokens[readTokens..<(readTokens + count)])
        let rows = isPrompt ? part.count { $0 == imageTokenID } : 0
        return SequenceStep(
            tokens: part, imageFeatures: job.imageFeatures.rows(readImageRows..<(readImageRows + rows)), cache: cache,
            logits: count == pending ? .last : .none)
    }

    /// Takes note that the model has read the tokens of a step.
    func noteRead(_ step: SequenceStep) {
        readTokens += step.tokens.count
        readImageRows += step.imageFeatures.reduce(0) { $0 + $1.rows }
    }

    /// The sequences that go on behind the last token: one for each answer.
    func branches() -> [RunningSequence] {
        guard isPrompt else { return [self] }
        isPrompt = false
        request.job.imageFeatures = []
        prefillSeconds = stopwatch.seconds
        stopwatch = Stopwatch()
        guard writers.count > 1 else { return [self] }
        let branches = writers.map { RunningSequence(self, writer: $0) }
        cache = nil
        return branches
    }

    /// Goes on with tokens of its answer.
    func read(_ tokens: [Int]) {
        self.tokens = tokens
        readTokens = 0
    }

    /// Gives the reader its answers.
    func finish() {
        for writer in writers {
            writer.finish(
                waitingSeconds: request.waitingSeconds, prefillSeconds: prefillSeconds,
                decodeSeconds: stopwatch.seconds, cachedTokens: cachedTokens)
        }
    }
}

extension [Matrix] {
    /// Some of the rows of all matrices in order; whole matrices are not copied.
    fileprivate func rows(_ range: Range<Int>) -> [Matrix] {
        var parts: [Matrix] = []
        var start = 0
        for matrix in self {
            let part = range.clamped(to: start..<(start + matrix.rows))
            if part.count == matrix.rows {
                parts.append(matrix)
            } else if !part.isEmpty {
                parts.append(matrix.rows((part.lowerBound - start)..<(part.upperBound - start)))
            }
            start += matrix.rows
        }
        return parts
    }
}
