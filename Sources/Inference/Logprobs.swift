import Glibc

/// Whether log probabilities are asked for, and of how many alternatives at each place.
public struct LogprobsRequest: Hashable, Sendable {
    /// As OpenAI's API has it.
    public static let mostAlternatives = 20

    /// `top_logprobs`: how many of the likeliest tokens are reported beside the one that was chosen.
    public let alternatives: Int

    /// - Parameter alternatives: 0 to 20.
    public init(alternatives: Int = 0) throws(ParameterError) {
        guard (0...Self.mostAlternatives).contains(alternatives) else {
            throw ParameterError(
                parameter: "top_logprobs", value: "\(alternatives)", range: "from 0 to \(Self.mostAlternatives)")
        }
        self.alternatives = alternatives
    }
}

/// A token and the natural logarithm of its probability.
public struct TokenLogprob: Hashable, Sendable {
    public let token: Int
    public let logprob: Float

    public init(token: Int, logprob: Float) {
        self.token = token
        self.logprob = logprob
    }
}

/// The log probabilities of one place of an answer.
///
/// They are those of the model itself, log softmax of its logits over its whole vocabulary: before the grammar's mask,
/// the penalties and the temperature, as OpenAI and vLLM (`raw_logprobs`) report them, except that vLLM masks first. So
/// they do not depend on how a request is sampled, compare across schemas, and show where the model wanted what its
/// grammar forbids: an alternative may be likelier than the chosen token and yet not allowed.
public struct Logprobs: Hashable, Sendable {
    /// The token that the answer has.
    public let chosen: TokenLogprob
    /// The likeliest first, of equally likely ones the lowest; `chosen` is among them only if it is one of these.
    public let alternatives: [TokenLogprob]
    /// True if the model was not asked: the token followed from the grammar, or closes an answer that was cut off. Its
    /// probability is 1 by definition, so that the sum over an answer is that of the model's choices; it has no
    /// alternatives.
    public let isForced: Bool

    /// Of a token that the model was not asked for.
    init(forced token: Int) {
        chosen = TokenLogprob(token: token, logprob: 0)
        alternatives = []
        isForced = true
    }

    /// Of a token that was chosen by finite logits, one per token of the vocabulary.
    public init(of token: Int, logits: Span<Float>, _ request: LogprobsRequest) {
        let normalizer = logits.logSumExp
        let logit = logits.indices.contains(token) ? logits[token] : -.infinity
        chosen = TokenLogprob(token: token, logprob: Float(Double(logit) - normalizer))
        alternatives = logits.likeliest(request.alternatives).map {
            TokenLogprob(token: $0, logprob: Float(Double(logits[$0]) - normalizer))
        }
        isForced = false
    }
}

extension Span<Float> {
    /// The logarithm of the sum of exp over all, summed in 64 bits in their order.
    fileprivate var logSumExp: Double {
        var largest = -Float.infinity
        for index in indices where self[index] > largest { largest = self[index] }
        return Double(largest) + log(Exponential.sum(self, largest: largest))
    }

    /// Indices of the largest numbers, in descending order, of equal ones the first.
    fileprivate func likeliest(_ count: Int) -> [Int] {
        guard count > 0 else { return [] }
        var best: [Int] = []
        for index in indices {
            if best.count == count {
                guard let last = best.last, self[index] > self[last] else { continue }
                best.removeLast()
            }
            let place = best.firstIndex { self[index] > self[$0] } ?? best.count
            best.insert(index, at: place)
        }
        return best
    }
}
