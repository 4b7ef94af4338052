import Grammar
import JSONSchema
import Mistral

/// Compiles schemas and follows the tokens of instances through them, on one thread.
struct SchemaBench {
    private let tokenizer: TekkenTokenizer
    private let vocabulary: TokenVocabulary
    private let grammarOptions: GrammarOptions
    private let schemaOptions: SchemaOptions
    private let usesMasks: Bool
    private var mask: TokenMask

    /// Bytes that are asked of the grammar at once.
    private static let mostForcedBytes = 4096

    init(_ tokenizer: TekkenTokenizer, grammar: GrammarOptions, validator: SchemaOptions, usesMasks: Bool) {
        self.tokenizer = tokenizer
        vocabulary = TokenVocabulary(tokenBytes: (0..<tokenizer.vocabularySize).map(tokenizer.tokenBytes))
        (grammarOptions, schemaOptions) = (grammar, validator)
        self.usesMasks = usesMasks
        mask = TokenMask(tokenCount: tokenizer.vocabularySize)
    }

    mutating func run(_ benchCase: BenchCase) -> BenchResult {
        var result = BenchResult()
        result.name = benchCase.name
        result.tests = benchCase.tests.map { BenchResult.Test(expected: $0.isValid) }
        do throws(SchemaError) {
            let validator = try SchemaValidator(schema: benchCase.schema, options: schemaOptions)
            for (index, test) in benchCase.tests.enumerated() {
                result.tests[index].validator = validator.isValid(test.data)
            }
        } catch {
            result.validatorRefusal = error
        }
        if let grammar = compile(benchCase.schema, &result) {
            for (index, test) in benchCase.tests.enumerated() { follow(test, grammar, &result, index) }
        } else if result.isEmpty {
            for index in result.tests.indices { result.tests[index].automaton = false }
        }
        return result
    }

    private func compile(_ schema: JSONValue, _ result: inout BenchResult) -> Grammar? {
        let watch = Stopwatch()
        do throws(GrammarError) {
            let grammar = try Grammar(schema: schema, options: grammarOptions)
            result.compileMicroseconds = watch.microseconds
            return grammar
        } catch {
            result.compileMicroseconds = watch.microseconds
            result.isEmpty = error.isUnsatisfiable
            if !result.isEmpty { result.refusal = error }
            return nil
        }
    }

    /// Takes the tokens of an instance one by one, as a model would that means to write it.
    private mutating func follow(
        _ test: BenchCase.Test, _ grammar: Grammar, _ result: inout BenchResult, _ index: Int
    ) {
        var matcher = GrammarMatcher(grammar: grammar, vocabulary: vocabulary)
        let isMeasured = test.isValid == true
        var position = 0
        var forcedEnd = 0
        result.tests[index].automaton = false
        for token in tokenizer.encode(utf8: test.data.canonical.serialized()) {
            result.tests[index].stoppedAt = position
            let end = position + (tokenizer.tokenBytes(token)?.count ?? 0)
            if isMeasured, forcedEnd <= position { forcedEnd = position + forcedBytes(matcher) }
            if usesMasks {
                let watch = Stopwatch()
                matcher.fillMask(&mask, remainingTokens: .max)
                if isMeasured { result.maskMicroseconds.append(watch.microseconds) }
            }
            let isAllowed = !usesMasks || mask.contains(token)
            let watch = Stopwatch()
            let isTaken = (try? matcher.accept(token)) != nil
            if isMeasured, isAllowed, isTaken { result.acceptMicroseconds.append(watch.microseconds) }
            if usesMasks, isAllowed != isTaken {
                result.tests[index].contradiction = isTaken ? .maskLacksToken : .maskHasToken
            }
            guard isAllowed, isTaken else { return }
            if isMeasured, end <= forcedEnd || usesMasks && mask.count == 1 { result.forcedTokens += 1 }
            position = end
        }
        result.tests[index].stoppedAt = matcher.isComplete ? nil : position
        result.tests[index].automaton = matcher.isComplete
    }

    private func forcedBytes(_ matcher: GrammarMatcher) -> Int {
        var bytes: [UInt8] = []
        matcher.appendForcedBytes(to: &bytes, limit: Self.mostForcedBytes)
        return bytes.count
    }
}
