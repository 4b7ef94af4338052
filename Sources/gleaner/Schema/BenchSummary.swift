/// The figures of a whole run of `gleaner schema bench`.
struct BenchSummary {
    private var compile: [Double] = []
    private var masks: [Double] = []
    private var accepts: [Double] = []
    private var forced = 0
    private var refused = 0
    private var empty = 0
    private var errors = 0
    private var schemas = 0
    private var contradictions = 0
    /// Tests by label; of each the verdicts of validator and automaton.
    private var valid = Verdicts()
    private var invalid = Verdicts()

    private struct Verdicts {
        var count = 0
        var accepted = 0
        var rejected = 0
        var validatorDiffers = 0
    }

    mutating func addError() { errors += 1 }

    mutating func add(_ result: BenchResult) {
        schemas += 1
        if result.isEmpty { empty += 1 }
        if result.isCompiled { compile.append(result.compileMicroseconds) } else { refused += 1 }
        masks += result.maskMicroseconds
        accepts += result.acceptMicroseconds
        forced += result.forcedTokens
        for test in result.tests {
            if test.contradiction != nil { contradictions += 1 }
            switch test.expected {
            case true?: Self.add(test, to: &valid)
            case false?: Self.add(test, to: &invalid)
            case nil: break
            }
        }
    }

    private static func add(_ test: BenchResult.Test, to verdicts: inout Verdicts) {
        verdicts.count += 1
        if test.automaton == true { verdicts.accepted += 1 }
        if test.automaton == false { verdicts.rejected += 1 }
        if let verdict = test.validator, verdict != test.expected { verdicts.validatorDiffers += 1 }
    }

    var text: String {
        var lines = [
            "schemas: \(schemas), \(compile.count) compiled (\(empty) of them satisfied by nothing), \(refused) refused",
            "valid: \(valid.count), automaton accepts \(valid.accepted), rejects \(valid.rejected); "
                + "validator rejects \(valid.validatorDiffers)",
            "invalid: \(invalid.count), automaton accepts \(invalid.accepted), rejects \(invalid.rejected); "
                + "validator accepts \(invalid.validatorDiffers)",
        ]
        lines += [Self.quantiles("compile", compile), Self.quantiles("mask", masks), Self.quantiles("accept", accepts)]
            .compactMap(\.self)
        if !accepts.isEmpty {
            let share = Double(forced * 1000 / accepts.count) / 10
            lines.append("tokens: \(accepts.count), \(forced) forced (\(share)%)")
        }
        if contradictions > 0 { lines.append("masks that contradict the automaton: \(contradictions)") }
        if errors > 0 { lines.append("lines that are no test: \(errors)") }
        return lines.joined(separator: "\n")
    }

    private static func quantiles(_ name: String, _ values: [Double]) -> String? {
        guard let largest = values.max() else { return nil }
        let sorted = values.sorted()
        func quantile(_ share: Double) -> String {
            text(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])
        }
        let mean = text(values.reduce(0, +) / Double(values.count))
        return "\(name) µs: p50 \(quantile(0.5)), p95 \(quantile(0.95)), p99 \(quantile(0.99)), max \(text(largest)), "
            + "mean \(mean)"
    }

    private static func text(_ value: Double) -> String { String((value * 100).rounded() / 100) }
}
