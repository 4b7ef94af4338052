import ArgumentParser
import Inference

/// How tokens are chosen, and how many: the parameters of the public APIs.
struct SamplingOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "0 always takes the likeliest token; 0.15 is what the model's makers recommend.", valueName: "t"))
    var temperature = SamplingParameters.recommendedTemperature

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Draw from the fewest tokens that have this share of the probability.", valueName: "p"))
    var topP: Float = 1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Draw from this many of the likeliest tokens; 0: from all.", valueName: "k"))
    var topK = 0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Leave out tokens less likely than this share of the likeliest one.", valueName: "p"))
    var minP: Float = 0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Taken from a token's logit for each time that the answer has it: -2 to 2.", valueName: "x"))
    var frequencyPenalty: Float = 0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Taken once from the logit of tokens that the answer has: -2 to 2.", valueName: "x"))
    var presencePenalty: Float = 0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Of the random numbers (default: another one each time).", valueName: "n"))
    var seed: UInt64?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("End the answer before this text; up to four times.", valueName: "text"))
    var stop: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most tokens of an answer (default: 4096, or what the context leaves).", valueName: "n"))
    var maxTokens: Int?

    @Option(
        name: .customShort("n"), parsing: .unconditional,
        help: ArgumentHelp("How many answers are written.", valueName: "n"))
    var choices = 1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --json: log probabilities, and this many alternatives at each place, 0 to 20.", valueName: "n"))
    var logprobs: Int?

    func apply(to request: inout ChatRequest) {
        request.temperature = temperature
        request.topP = topP
        request.topK = topK
        request.minP = minP
        request.frequencyPenalty = frequencyPenalty
        request.presencePenalty = presencePenalty
        request.seed = seed
        request.stop = stop
        request.maximumTokens = maxTokens
        request.choices = choices
        request.logprobs = logprobs != nil
        request.topLogprobs = logprobs
    }
}
