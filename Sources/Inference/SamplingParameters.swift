/// How a token is chosen among those allowed. What is out of its range cannot be made.
///
/// The parameters and their order are those of vLLM (`vllm/v1/sample/sampler.py`): what the grammar forbids is left
/// out; then the penalties; at temperature 0 the likeliest is taken; else logits are divided by the temperature, and
/// `minP`, `topK` and `topP` take away the unlikely, each from what the one before it left; what remains is drawn from
/// in proportion.
public struct SamplingParameters: Hashable, Sendable {
    /// 0 takes the likeliest; 1 draws from the model's distribution; below 1 sharpens it. 0 or more.
    public private(set) var temperature: Float
    /// How many of the likeliest tokens may be drawn, and those that are as likely as the last of them; 0: all.
    public private(set) var topK = 0
    /// Draws from the fewest likeliest tokens that have this share of the probability: more than 0; 1: from all. Of
    /// equally likely ones the lowest come first.
    public private(set) var topP: Float = 1
    /// Tokens less likely than this share of the likeliest one's probability are not drawn: 0 (all may be) to 1.
    public private(set) var minP: Float = 0
    /// Taken from a token's logit for each time that the answer has it: -2 to 2.
    public private(set) var frequencyPenalty: Float = 0
    /// Taken once from the logit of every token that the answer has: -2 to 2.
    public private(set) var presencePenalty: Float = 0
    /// Of the random numbers that a temperature above 0 draws.
    public private(set) var seed: UInt64

    /// The temperature that Mistral AI recommends for Mistral Small 3.2 (its model card).
    public static let recommendedTemperature: Float = 0.15

    /// - Parameter temperature: one that is below 0 or no number counts as 0.
    public init(temperature: Float = 0, seed: UInt64 = 0) {
        self.temperature = temperature > 0 && temperature.isFinite ? temperature : 0
        self.seed = seed
    }

    /// Every parameter of the public APIs; ranges are theirs, the temperature's that of vLLM, which knows no largest.
    ///
    /// - Parameter topK: 0 or -1 takes all, as in vLLM.
    public static func checked(
        temperature: Float, topK: Int = 0, topP: Float = 1, minP: Float = 0, frequencyPenalty: Float = 0,
        presencePenalty: Float = 0, seed: UInt64 = 0
    ) throws(ParameterError) -> SamplingParameters {
        func check(_ name: String, _ value: Float, _ isInRange: Bool, _ range: String) throws(ParameterError) {
            guard isInRange else { throw ParameterError(parameter: name, value: "\(value)", range: range) }
        }
        try check("temperature", temperature, temperature >= 0 && temperature.isFinite, "0 or more, and finite")
        guard topK >= -1 else {
            throw ParameterError(parameter: "top_k", value: "\(topK)", range: "1 or more, or 0 or -1 for all")
        }
        try check("top_p", topP, topP > 0 && topP <= 1, "more than 0, at most 1")
        try check("min_p", minP, (0...1).contains(minP), "from 0 to 1")
        try check("frequency_penalty", frequencyPenalty, (-2...2).contains(frequencyPenalty), "from -2 to 2")
        try check("presence_penalty", presencePenalty, (-2...2).contains(presencePenalty), "from -2 to 2")
        var parameters = SamplingParameters(temperature: temperature, seed: seed)
        parameters.topK = max(0, topK)
        parameters.topP = topP
        parameters.minP = minP
        parameters.frequencyPenalty = frequencyPenalty
        parameters.presencePenalty = presencePenalty
        return parameters
    }
}
