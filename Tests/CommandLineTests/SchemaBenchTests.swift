import Foundation
import JSONSchema
import Subprocess
import TestSupport
import Testing

@Suite("gleaner schema bench")
struct SchemaBenchTests {
    private func bench(_ lines: String..., arguments: [String] = []) async throws -> (GleanerCommand, [JSONValue]) {
        let command = try await GleanerCommand.run(
            ["schema", "bench"] + arguments, input: lines.joined(separator: "\n") + "\n")
        return (command, try command.outputLines.map { try JSONValue(parsing: Array($0.utf8)) })
    }

    private func verdicts(_ result: JSONValue, _ judge: String) -> [Bool?] {
        result["tests"]?.arrayValue?.map { $0[judge]?.boolValue } ?? []
    }

    @Test("verdicts of validator and automaton, and times for the tokens of valid tests")
    func verdicts() async throws {
        let (command, results) = try await bench(
            #"""
            {"name":"amount","schema":{"type":"object","properties":{"n":{"type":"number","multipleOf":0.01},
            """#.replacing("\n", with: "")
                + #""s":{"maxLength":2}},"required":["n"],"additionalProperties":false},"tests":["#
                + #"{"data":{"s":"éé","n":1e2},"valid":true},{"data":{"n":0.001},"valid":false},"#
                + #"{"data":{"n":1,"s":"abc"},"valid":false},{"data":{"s":"a"},"valid":false},"#
                + #"{"data":{"n":1.50,"x":1},"valid":false}]}"#)
        #expect(command.code == 0, "\(command.errors)")
        let result = try #require(results.first)
        #expect(results.count == 1)
        #expect(result["name"]?.stringValue == "amount")
        #expect(result["compiled"] == true)
        #expect(result["refused"]?.isNull == true)
        #expect(try #require(result["compile_us"]?.doubleValue) > 0)
        #expect(verdicts(result, "validator") == [true, false, false, false, false])
        #expect(verdicts(result, "automaton") == [true, false, false, false, false])
        let masks = try #require(result["mask_us"]?.arrayValue)
        #expect(masks.count > 5)
        #expect(result["accept_us"]?.arrayValue?.count == masks.count)
        #expect(result["tests"]?[1]?["stopped_at"]?.intValue != nil)
    }

    @Test("tokens that nothing else could stand for are counted as forced")
    func forced() async throws {
        let (_, results) = try await bench(
            #"{"schema":{"const":"abcdefgh"},"tests":[{"data":"abcdefgh","valid":true}]}"#,
            #"{"schema":{"type":"string"},"tests":[{"data":"abcdefgh","valid":true}]}"#,
            #"{"schema":{"const":"abcdefgh"},"tests":[{"data":"abcdefgh","valid":false}]}"#)
        let tokens = try #require(results[0]["mask_us"]?.arrayValue?.count)
        #expect(tokens > 1)
        #expect(results[0]["forced"]?.intValue == tokens)
        // The opening quote alone: it must come.
        #expect(try #require(results[1]["forced"]?.intValue) <= 1)
        #expect(results[2]["forced"] == 0)
        #expect(results[2]["mask_us"]?.arrayValue?.isEmpty == true)
    }

    @Test("a refused schema, and one that nothing satisfies")
    func refused() async throws {
        let (command, results) = try await bench(
            #"{"schema":{"not":{"uniqueItems":true}},"tests":[{"data":[1,1],"valid":true}]}"#,
            #"{"schema":false,"tests":[{"data":1,"valid":false}]}"#)
        #expect(command.code == 0)
        #expect(results[0]["compiled"] == false)
        #expect(results[0]["refused"]?["keyword"]?.stringValue == "uniqueItems")
        #expect(results[0]["refused"]?["pointer"]?.stringValue == "/not")
        #expect(verdicts(results[0], "validator") == [true])
        #expect(results[0]["tests"]?[0]?["automaton"]?.isNull == true)
        #expect(results[1]["compiled"] == true)
        #expect(results[1]["empty"] == true)
        #expect(verdicts(results[1], "automaton") == [false])
    }

    @Test("the order of properties, masks, formats and drafts can be chosen")
    func options() async throws {
        let swapped = #"{"schema":{"properties":{"a":{},"b":{}}},"tests":[{"data":{"b":1,"a":2},"valid":true}]}"#
        let (_, any) = try await bench(swapped)
        #expect(verdicts(any[0], "automaton") == [true])
        let (_, declared) = try await bench(swapped, arguments: ["--order", "declared", "--no-mask"])
        #expect(verdicts(declared[0], "automaton") == [false])
        #expect(declared[0]["mask_us"]?.arrayValue?.isEmpty == true)
        let format = #"{"schema":{"format":"date"},"tests":[{"data":"today","valid":true}]}"#
        for (use, verdict) in [("assert", false), ("annotate", true)] {
            let (_, results) = try await bench(format, arguments: ["--formats", use])
            #expect(verdicts(results[0], "automaton") == [verdict])
            #expect(verdicts(results[0], "validator") == [verdict])
        }
        let (_, old) = try await bench(
            #"{"schema":{"maximum":3,"exclusiveMaximum":true},"tests":[{"data":3,"valid":false},{"data":2,"valid":true}]}"#,
            arguments: ["--draft", "4"])
        #expect(verdicts(old[0], "automaton") == [false, true])
    }

    @Test("numbers have one spelling, whatever they were written like")
    func numbers() async throws {
        let values = ["1.0", "10e-1", "1E0", "0.1e+1", "-0", "0.00", "100e-2", "12.50", "1e21", "-2.5e-3"]
        let tests = values.map { #"{"data":\#($0),"valid":true}"# }.joined(separator: ",")
        let (_, results) = try await bench(
            #"{"schema":{"enum":[1,0,12.5,1000000000000000000000,-0.0025]},"tests":[\#(tests)]}"#)
        #expect(verdicts(results[0], "automaton") == Array(repeating: true, count: values.count))
    }

    @Test("a line that is no test is said to be so, and the next one is read")
    func badLines() async throws {
        let (command, results) = try await bench(
            #"{"schema":tru"#, #"{"tests":[]}"#, #"{"schema":true,"tests":[{"valid":true}]}"#, "",
            #"{"schema":true,"tests":[{"data":1,"valid":true}]}"#)
        #expect(command.code == 65)
        #expect(results.count == 4)
        for index in 0..<3 {
            #expect(results[index]["error"]?.stringValue?.isEmpty == false)
            #expect(results[index]["line"]?.intValue == index + 1)
        }
        #expect(command.errorLines.count == 3)
        #expect(verdicts(results[3], "automaton") == [true])
    }

    @Test("files, another tokenizer, and a summary on standard error")
    func files() async throws {
        let folder = try TemporaryFolder()
        let model = try ReferenceModelFolder()
        let line = #"{"schema":{"type":"string"},"tests":[{"data":"a","valid":true},{"data":1,"valid":false}]}"#
        let file = try folder.write("lines.jsonl", Array(line.utf8))
        let command = try await GleanerCommand.run(
            "schema", "bench", file, file, "--tokenizer", model.path + "/tekken.json", "--summary")
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.outputLines.count == 2)
        #expect(command.errors.contains("2 compiled"))
        #expect(command.errors.contains("valid: 2, automaton accepts 2"))
        #expect(command.errors.contains("mask µs: p50"))
        let missing = try await GleanerCommand.run("schema", "bench", file, "--tokenizer", folder.path + "/absent")
        #expect(missing.code == 66)
        #expect(missing.errors.contains("--tokenizer"))
        #expect(try await GleanerCommand.run("schema", "bench", folder.path + "/absent.jsonl").code == 66)
        let noModel = try await GleanerCommand.run("schema", "bench", file, "--model", folder.path)
        #expect(noModel.code == 69)
    }

    @Test("invoices: no invalid one is accepted, and no mask contradicts its automaton")
    func corpus() async throws {
        let file = Repository.path("Tests/Reference/Schemas/invoices.jsonl")
        let command = try await GleanerCommand.run("schema", "bench", file, "--summary")
        #expect(command.code == 0)
        #expect(!command.output.contains("\"wrong\""))
        let summary = command.errorLines.first { $0.hasPrefix("invalid: ") }
        #expect(summary?.contains("automaton accepts 0,") == true, "\(command.errors)")
    }
}

extension GleanerCommand {
    /// Runs `gleaner` with something on standard input.
    static func run(_ arguments: [String], input: String) async throws -> GleanerCommand {
        let result = try await Subprocess.run(
            .path(.init(executable)), arguments: .init(arguments),
            environment: .inherit.updating(["GLEANER_MODEL": ""]), input: .string(input),
            output: .string(limit: 1 << 22), error: .string(limit: 1 << 20))
        return GleanerCommand(
            code: code(result.terminationStatus), output: result.standardOutput, errors: result.standardError)
    }
}
