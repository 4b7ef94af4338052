import Foundation
import TestSupport

/// Looks for schemas and instances that crash or stall the validator or the grammar, or that the grammar accepts and
/// the validator does not.
///
/// `schema-fuzzer [SECONDS] [SEED] [PATH...]`: seeds are JSON Lines of schemas with instances and files of the JSON
/// Schema Test Suite, in files and folders. `--only CASE` runs one case of the seed again. The case that runs is kept
/// in `schema-fuzz-SEED.txt` (in the current folder), which stays there if it goes wrong.
@main
struct SchemaFuzzer {
    static func main() throws {
        var words = Array(CommandLine.arguments.dropFirst())
        var only: UInt64?
        if let place = words.firstIndex(of: "--only"), place + 1 < words.count {
            only = UInt64(words[place + 1])
            words.removeSubrange(place...(place + 1))
        }
        let seconds = words.first.flatMap(Double.init) ?? 60
        let seed = words.count > 1 ? UInt64(words[1]) ?? 1 : 1
        let paths = words.count > 2 ? Array(words[2...]) : Self.defaultPaths
        let seeds = try FuzzSeeds(paths: paths)
        print("\(seeds.schemas.count) schemas with \(seeds.subschemas.count) subschemas; seed \(seed), \(seconds) s")
        let watchdog = Watchdog(path: "schema-fuzz-\(seed).txt")
        watchdog.start()
        var statistics = FuzzStatistics()
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var number = only ?? 0
        repeat {
            var fuzzCase = FuzzCase(number: number, seed: seed, seeds: seeds)
            watchdog.begin(fuzzCase)
            do throws(FuzzFinding) {
                try fuzzCase.run(watchdog, &statistics)
            } catch {
                watchdog.stop(error.description)
            }
            number += 1
        } while only == nil && clock.now < end
        watchdog.finish()
        print(statistics)
    }

    private static var defaultPaths: [String] {
        [
            Repository.path("Tests/Reference/Schemas"),
            Repository.path("../shared/corpora/json-schema-test-suite/tests/draft2020-12"),
            Repository.path("../shared/corpora/json-schema-test-suite/tests/draft7"),
        ].filter(FileManager.default.fileExists(atPath:))
    }
}

/// What a run did.
struct FuzzStatistics: CustomStringConvertible {
    var cases = 0
    var parsed = 0
    var validators = 0
    var grammars = 0
    var verdicts = 0
    var valid = 0
    var accepted = 0
    var generated = 0
    /// Schemas that make a grammar although the validator refuses them.
    var grammarsAlone = 0

    var description: String {
        """
        \(cases) cases; \(parsed) schemas parsed, \(validators) compiled by the validator, \(grammars) by the grammar \
        (\(grammarsAlone) by it alone)
        \(verdicts) instances beside a grammar: \(valid) valid, \(accepted) of them accepted; \(generated) texts \
        generated; none accepted that is invalid
        """
    }
}
