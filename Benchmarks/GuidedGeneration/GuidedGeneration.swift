import Foundation
import Glibc
import Grammar
import Inference
import JSONSchema
import Mistral
import Tensors

/// What a grammar costs beside the model, and what forced tokens save.
///
/// `guided-generation [MODEL [SCHEMA [TOKENS [ROUNDS]]]]`; a model named WIDTHxLAYERS is one of random weights with the
/// released tokenizer, which is read from the folder of reference files.
@main
struct GuidedGeneration {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst() + []
        func argument(_ index: Int, _ standard: String) -> String {
            arguments.count > index ? arguments[arguments.startIndex + index] : standard
        }
        let schemaFile = argument(1, "schemas/invoice.json")
        let count = Int(argument(2, "300")) ?? 300
        let rounds = Int(argument(3, "9")) ?? 9
        let (model, tokenizer) = try MeasuredModel.load(argument(0, "models/gleaner-mini"))
        let schema = try Data(contentsOf: URL(fileURLWithPath: schemaFile))
        let grammar = try Grammar(schema: JSONValue(parsing: Array(schema)))
        let measured = Measurement(
            generator: Generator(model: model, tokenizer: tokenizer), grammar: grammar,
            prompt: try ChatTemplate(tokenizer).encode([.user(ChatContent("Write the record of this document."))]),
            count: count)
        print(
            "\(argument(0, "models/gleaner-mini")), \(model.configuration.text.vocabularySize) tokens, "
                + "\(model.threads.threadCount) threads; \(schemaFile)")
        try report(measured, rounds: rounds)
    }

    private static func report(_ measured: Measurement, rounds: Int) throws {
        // The first round warms caches and memory, and is not counted.
        _ = try measured.steps()
        let steps = try (0..<rounds).map { _ in try measured.steps() }
        let ratios = steps.map { $0.guided / $0.unguided }
        print("a step without grammar: \(format(median(steps.map(\.unguided)) * 1000, 3)) ms (median)")
        print("a step under the grammar: \(format(median(steps.map(\.guided)) * 1000, 3)) ms")
        print("ratio in \(rounds) rounds: \(spread(ratios))")

        var speedUps: [Double] = []
        for _ in 0..<rounds {
            let chosen = try measured.answer(forcesTokens: false)
            let forced = try measured.answer(forcesTokens: true)
            speedUps.append(chosen.secondsPerToken / forced.secondsPerToken)
            guard speedUps.count == rounds else { continue }
            for answer in [chosen, forced] {
                let (tokens, share) = (answer.generation.tokens.count, answer.generation.forcedTokens)
                print(
                    "\(share) of \(tokens) tokens forced (\(format(100 * Double(share) / Double(max(tokens, 1)), 1))%): "
                        + "\(answer.generation.bytes.count) bytes in \(answer.generation.passes) passes")
            }
        }
        print("prompt and answer, seconds per token: forcing is faster by \(spread(speedUps))")
    }

    private static func median(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }

    private static func spread(_ values: [Double]) -> String {
        "median \(format(median(values), 3)), min \(format(values.min() ?? 0, 3)), max \(format(values.max() ?? 0, 3))"
    }

    private static func format(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
