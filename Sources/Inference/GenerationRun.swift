import Mistral
import Synchronization
import Tensors

/// A generation while it runs: what the model and the grammar work on at the same time.
final class GenerationRun: Sendable {
    /// What the last step added to the answer.
    struct Step {
        /// Nothing at the end of the sequence.
        let tokens: [Int]
        /// Tokens of the whole answer.
        let answered: Int
        let isAtEnd: Bool
    }

    private let model: MistralModel
    private let cache: Mutex<KVCache>
    private let answer: Mutex<Answer>
    private let logits = Mutex<Result<Matrix, InferenceError>>(.failure(.cancelled))

    init(model: MistralModel, cache: KVCache, answer: Answer) {
        self.model = model
        self.cache = Mutex(cache)
        self.answer = Mutex(answer)
    }

    /// The answer so far.
    var current: Answer { answer.withLock { $0 } }

    /// Takes the tokens that every answer begins with.
    func begin() throws(InferenceError) -> Step {
        try step { answer throws(InferenceError) in try answer.begin() }
    }

    /// Takes the token that the model chooses, and what must follow it.
    func next(_ logits: Matrix) throws(InferenceError) -> Step {
        try logits.withRow(0) { row throws(InferenceError) in
            guard row.isFinite else { throw .notANumber }
            return try step { answer throws(InferenceError) in try answer.next(logits: row) }
        }
    }

    private func step(_ advance: (inout Answer) throws(InferenceError) -> Void) throws(InferenceError) -> Step {
        try answer.withLock { answer throws(InferenceError) in
            let count = answer.tokens.count
            try advance(&answer)
            return Step(
                tokens: Array(answer.tokens[count...]), answered: answer.tokens.count, isAtEnd: answer.isAtEnd)
        }
    }

    /// The logits behind some tokens: (1, vocabulary).
    func forward(
        _ tokens: [Int], _ imageFeatures: [Matrix] = [], progress: ModelProgress? = nil
    ) throws(InferenceError) -> Matrix {
        try cache.withLock { cache throws(InferenceError) in
            do throws(ModelError) {
                return try model.forward(tokens, imageFeatures: imageFeatures, cache: &cache, progress: progress)
            } catch .cancelled {
                throw .cancelled
            } catch {
                throw .model(error)
            }
        }
    }

    /// The logits behind some tokens, while another thread finds what the grammar allows there.
    ///
    /// - Parameter pair: a pool of two threads. A thread that does not come in time is not waited for: the caller's
    ///   then does its work as well.
    func forward(_ tokens: [Int], pair: ThreadPool) throws(InferenceError) -> Matrix {
        pair.parallelFor(count: 2) { half in
            if half == 0 {
                let result = Result { () throws(InferenceError) in try self.forward(tokens) }
                self.logits.withLock { $0 = result }
            } else {
                self.answer.withLock { $0.prepareMask() }
            }
        }
        return try logits.withLock(\.self).get()
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
