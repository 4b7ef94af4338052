import Grammar
import JSONSchema

/// Why the run ends: what the grammar admits and the validator does not, or the other disagreements.
struct FuzzFinding: Error, CustomStringConvertible {
    let description: String
}

/// One schema text with instance texts, determined by a seed and a number.
struct FuzzCase: CustomStringConvertible {
    let number: UInt64
    let schema: [UInt8]
    let instances: [[UInt8]]
    private let seed: UInt64
    private var random: FuzzRandom

    /// Instances longer than this many bytes are validated only: the grammar is fed byte by byte.
    private static let longestMatched = 20_000
    /// Bytes of a generated text, if the shortest one is not longer.
    private static let generatedLength = 300

    private static let controlTokens = 3
    private static let vocabulary = TokenVocabulary(tokenBytes: [nil, [], nil] + (0...255).map { [UInt8($0)] })

    init(number: UInt64, seed: UInt64, seeds: FuzzSeeds) {
        self.number = number
        self.seed = seed
        var mixer = FuzzRandom(state: seed &* 0x2545_F491_4F6C_DD1D &+ number)
        var mutator = SchemaMutator(random: FuzzRandom(state: mixer.next()), seeds: seeds)
        let origin = mutator.random.pick(seeds.schemas, or: (true, [.null]))
        let changed = mutator.random.oneIn(8) ? origin.schema : mutator.schema(from: origin.schema)
        schema = mutator.random.oneIn(6) ? mutator.damaged(changed.serialized()) : changed.serialized()
        instances = (0..<6).map { _ in
            let instance = mutator.random.pick(origin.instances, or: .null)
            switch mutator.random.below(4) {
            case 0: return instance.serialized()
            case 1: return mutator.damaged(instance.serialized())
            default: return mutator.instance(from: instance).serialized()
            }
        }
        random = FuzzRandom(state: mixer.next())
    }

    /// Name of the case, the schema, and the instances, a line each (unless they hold line breaks of their own).
    var description: String {
        (["seed \(seed), case \(number)"] + ([schema] + instances).map { String(decoding: $0, as: UTF8.self) })
            .joined(separator: "\n")
    }

    mutating func run(_ watchdog: Watchdog, _ statistics: inout FuzzStatistics) throws(FuzzFinding) {
        statistics.cases += 1
        watchdog.step("parsing the schema")
        guard let document = try? JSONValue(parsing: schema) else { return }
        statistics.parsed += 1
        watchdog.step("compiling the schema for the validator")
        let validator = try? SchemaValidator(schema: document, options: SchemaOptions(assertsFormats: true))
        if validator != nil { statistics.validators += 1 }
        watchdog.step("compiling the schema for the grammar")
        let whitespace: GrammarOptions.Whitespace = random.oneIn(2) ? .none : .singleSpace
        let grammar = try? Grammar(schema: document, options: GrammarOptions(whitespace: whitespace))
        if grammar != nil { statistics.grammars += 1 }
        if grammar != nil, validator == nil { statistics.grammarsAlone += 1 }
        for text in instances {
            watchdog.step("parsing an instance")
            let instance = try? JSONValue(parsing: text)
            var isValid: Bool?
            if let instance, let validator {
                watchdog.step("validating an instance")
                isValid = Self.verdict(of: validator, on: instance)
            }
            guard let grammar, text.count <= Self.longestMatched else { continue }
            watchdog.step("matching an instance")
            let isAccepted = try follow(grammar, text, watchdog)
            if validator != nil, instance != nil {
                statistics.verdicts += 1
                if isValid == true { statistics.valid += 1 }
                if isValid == true, isAccepted { statistics.accepted += 1 }
            }
            if isAccepted, instance == nil {
                throw FuzzFinding(description: "accepted, and no JSON: \(Self.text(text))")
            }
            if isAccepted, isValid == false {
                throw FuzzFinding(description: "accepted, and invalid: \(Self.text(text))")
            }
        }
        guard let grammar, let validator else { return }
        for _ in 0..<2 { try generate(grammar, validator, watchdog, &statistics) }
    }

    /// The verdict; nil where the validator gave up rather than finding a violation.
    private static func verdict(of validator: SchemaValidator, on instance: JSONValue) -> Bool? {
        if validator.isValid(instance) { return true }
        let gaveUp = validator.validate(instance).contains {
            $0.message.contains("too many steps") || $0.message.contains("leads back to itself")
        }
        return gaveUp ? nil : false
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Whether the grammar admits the text; masks on the way must say the same as `accept`.
    private mutating func follow(_ grammar: Grammar, _ text: [UInt8], _ watchdog: Watchdog) throws(FuzzFinding) -> Bool
    {
        var matcher = GrammarMatcher(grammar: grammar, vocabulary: Self.vocabulary)
        var mask = TokenMask(tokenCount: Self.vocabulary.count)
        for (position, byte) in text.enumerated() {
            let token = Self.controlTokens + Int(byte)
            let isMasked = random.oneIn(16)
            if isMasked {
                watchdog.step("filling a mask at byte \(position)")
                matcher.fillMask(&mask, remainingTokens: .max)
            }
            watchdog.step("accepting byte \(position)")
            let isAccepted = (try? matcher.accept(token)) != nil
            if isMasked, mask.contains(token) != isAccepted {
                let verdict = isAccepted ? "accepted" : "refused"
                throw FuzzFinding(
                    description: "byte \(position) is \(verdict), not so in the mask: \(Self.text(text))")
            }
            if !isAccepted { return false }
        }
        return matcher.isComplete
    }

    /// A text from random masks within a budget: it must end in time, and be valid.
    private mutating func generate(
        _ grammar: Grammar, _ validator: SchemaValidator, _ watchdog: Watchdog, _ statistics: inout FuzzStatistics
    ) throws(FuzzFinding) {
        guard grammar.shortestLength <= Self.generatedLength else { return }
        var budget = grammar.shortestLength + random.below(Self.generatedLength)
        var matcher = GrammarMatcher(grammar: grammar, vocabulary: Self.vocabulary)
        var mask = TokenMask(tokenCount: Self.vocabulary.count)
        var text: [UInt8] = []
        while true {
            watchdog.step("generating byte \(text.count)")
            matcher.fillMask(&mask, remainingTokens: budget)
            if matcher.isComplete, mask.isEmpty || random.oneIn(3) { break }
            var allowed: [Int] = []
            mask.forEachAllowed { allowed.append($0) }
            guard let token = allowed.randomElement(using: &random), (try? matcher.accept(token)) != nil else {
                throw FuzzFinding(description: "no way on with \(budget) bytes left after \(Self.text(text))")
            }
            text.append(UInt8(token - Self.controlTokens))
            budget -= 1
        }
        watchdog.step("checking the generated \(Self.text(text))")
        statistics.generated += 1
        guard let instance = try? JSONValue(parsing: text) else {
            throw FuzzFinding(description: "generated, and no JSON: \(Self.text(text))")
        }
        if Self.verdict(of: validator, on: instance) == false {
            throw FuzzFinding(description: "generated, and invalid: \(Self.text(text))")
        }
    }
}
