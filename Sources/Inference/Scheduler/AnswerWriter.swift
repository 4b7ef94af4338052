import Mistral
import Synchronization
import Tensors

/// Writes one answer of a request as logits come, and tells the reader. Several can work at the same time, each on a
/// thread of its own.
final class AnswerWriter: Sendable {
    typealias Outcome = Result<Step, InferenceError>

    /// What a choice of the model led to.
    struct Step: Sendable {
        /// What the model is to read next; nothing at the end.
        let tokens: [Int]
        let isAtEnd: Bool
    }

    private struct State: Sendable {
        var answer: Answer
        var passes = 0
        /// Tokens and bytes of text that the reader has been given, and the bytes that those tokens have.
        var shownTokens = 0
        var shownBytes = 0
        var shownTokenBytes = 0
    }

    /// Number of the answer within its request.
    let choice: Int
    private let channel: GenerationChannel
    private let tokenBytes: [[UInt8]?]
    private let hasLogprobs: Bool
    private let state: Mutex<State>

    /// - Parameter answer: with the tokens that it begins with.
    init(choice: Int, answer: Answer, hasLogprobs: Bool, tokenBytes: [[UInt8]?], channel: GenerationChannel) {
        self.choice = choice
        self.channel = channel
        self.tokenBytes = tokenBytes
        self.hasLogprobs = hasLogprobs
        state = Mutex(State(answer: answer))
    }

    /// Finds what may come next, unless that is known: for a thread that has time while the model works.
    func prepareMask() { state.withLock { $0.answer.prepareMask() } }

    /// What the answer begins with, whatever the model says.
    var beginning: Step {
        state.withLock { Step(tokens: $0.answer.tokens, isAtEnd: $0.answer.isAtEnd) }
    }

    /// Takes the token that the model chooses, and what must follow it.
    ///
    /// - Parameter logits: (1, vocabulary), behind everything that was read so far.
    func next(_ logits: Matrix) -> Outcome {
        guard logits.rows == 1 else { return .failure(.notANumber) }
        return Outcome { () throws(InferenceError) -> Step in
            try logits.withRow(0) { row throws(InferenceError) in
                guard row.isFinite else { throw .notANumber }
                return try state.withLock { state throws(InferenceError) in
                    let count = state.answer.tokens.count
                    try state.answer.next(logits: row)
                    state.passes += 1
                    if !state.answer.isAtEnd { show(&state, until: state.answer.settledByteCount) }
                    return Step(
                        tokens: state.answer.isAtEnd ? [] : Array(state.answer.tokens[count...]),
                        isAtEnd: state.answer.isAtEnd)
                }
            }
        }
    }

    /// Gives the reader the bytes of the text that are settled, and the tokens that end there.
    private func show(_ state: inout State, until settled: Int) {
        let tokens = state.answer.tokens
        var end = state.shownTokens
        if settled == state.answer.bytes.count {
            // Those of tool calls, too, which have no bytes in the text.
            (end, state.shownTokenBytes) = (tokens.count, settled)
        }
        while end < tokens.count {
            let length = tokenBytes.bytes(of: tokens[end]).count
            guard state.shownTokenBytes + length <= settled else { break }
            state.shownTokenBytes += length
            end += 1
        }
        post(&state, tokens: end, bytes: max(settled, state.shownBytes))
    }

    /// Gives the reader the answer up to a token and a byte.
    private func post(_ state: inout State, tokens tokenEnd: Int, bytes byteEnd: Int) {
        let (tokens, bytes) = (state.shownTokens..<tokenEnd, state.shownBytes..<byteEnd)
        guard !tokens.isEmpty || !bytes.isEmpty else { return }
        (state.shownTokens, state.shownBytes) = (tokenEnd, byteEnd)
        channel.post { events in
            events.append(
                choice: choice, tokens: state.answer.tokens[tokens], bytes: state.answer.bytes[bytes],
                logprobs: hasLogprobs ? state.answer.logprobs[tokens] : [])
        }
    }

    /// Gives the reader the rest and the whole answer, which is at its end.
    func finish(waitingSeconds: Double, prefillSeconds: Double, decodeSeconds: Double, cachedTokens: Int) {
        state.withLock { state in
            let generation = Generation(
                state.answer, hasLogprobs: hasLogprobs, waitingSeconds: waitingSeconds, prefillSeconds: prefillSeconds,
                decodeSeconds: decodeSeconds, cachedTokens: cachedTokens, passes: state.passes)
            post(
                &state, tokens: max(state.shownTokens, generation.tokens.count),
                bytes: max(state.shownBytes, generation.bytes.count))
            channel.post { $0.finish(choice: choice, generation) }
        }
    }
}

extension Span<Float> {
    /// Whether none is infinite or no number. By their bits, since this is done for a whole vocabulary at every step.
    fileprivate var isFinite: Bool {
        var isFinite: UInt32 = 1
        for index in indices { isFinite &= self[index].bitPattern & 0x7F80_0000 == 0x7F80_0000 ? 0 : 1 }
        return isFinite == 1
    }
}
