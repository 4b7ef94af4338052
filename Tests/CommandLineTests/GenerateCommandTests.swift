import JSONSchema
import TestSupport
import Testing

@Suite("gleaner generate")
struct GenerateCommandTests {
    private let folder: TemporaryFolder
    private let model: ReferenceModelFolder

    init() throws {
        folder = try TemporaryFolder()
        model = try ReferenceModelFolder()
    }

    private func generate(_ arguments: String...) async throws -> GleanerCommand {
        try await GleanerCommand.run(["generate"] + arguments, model: model.path)
    }

    private func report(_ arguments: String...) async throws -> JSONValue {
        let command = try await GleanerCommand.run(["generate", "--json"] + arguments, model: model.path)
        #expect(command.code == 0 && command.outputLines.count == 1, "\(command.errors)")
        return try JSONValue(parsing: Array(command.output.utf8))
    }

    private func first(_ report: JSONValue) throws -> JSONValue { try #require(report["choices"]?.arrayValue?.first) }

    @Test("the same seed gives the same text, alone on standard output, and another seed another")
    func text() async throws {
        let arguments = ["generate", "Say something.", "--temperature", "1", "--max-tokens", "12", "--seed"]
        let one = try await GleanerCommand.run(arguments + ["1"], model: model.path)
        let again = try await GleanerCommand.run(arguments + ["1", "--threads", "1"], model: model.path)
        let other = try await GleanerCommand.run(arguments + ["2"], model: model.path)
        #expect(one.code == 0 && !one.output.isEmpty && one.output == again.output && one.output != other.output)
        #expect(one.errors.contains("--max-tokens") == (one.errors.isEmpty == false))
        let json = try first(
            try await report("Say something.", "--temperature", "1", "--max-tokens", "12", "--seed", "1"))
        #expect(json["text"]?.stringValue.map { $0 + "\n" } == one.output)
        #expect(try #require(json["tokens"]?.arrayValue).count <= 12)
    }

    @Test("choices, patterns, schemas and JSON objects bind the answer")
    func forms() async throws {
        let choice = try await generate("Yes or no?", "--choice", "yes", "--choice", "no", "--temperature", "2")
        #expect(["yes\n", "no\n"].contains(choice.output))
        let pattern = try await generate("A code.", "--pattern", "[A-C]{3}-[0-9]{2}")
        #expect(pattern.output.wholeMatch(of: /[A-C]{3}-[0-9]{2}\n/) != nil)
        let schema = try folder.write("schema.json", wordSchema)
        let record = try await generate("A word.", "--schema", schema, "--max-tokens", "40")
        #expect(try JSONValue(parsing: Array(record.output.utf8))["word"]?.stringValue != nil)
        let object = try await generate("An object.", "--json-object", "--max-tokens", "40", "--temperature", "1")
        #expect(try JSONValue(parsing: Array(object.output.utf8)).objectValue != nil)
    }

    @Test("several answers, log probabilities and counts")
    func report() async throws {
        let report = try await report(
            "Hello", "-n", "3", "--logprobs", "2", "--max-tokens", "5", "--temperature", "1", "--seed", "7")
        let choices = try #require(report["choices"]?.arrayValue)
        #expect(choices.count == 3 && report["seed"]?.stringValue == "7")
        #expect(Set(choices.compactMap { $0["tokens"]?.serialized() }).count > 1)
        for choice in choices {
            let logprobs = try #require(choice["logprobs"]?.arrayValue)
            #expect(logprobs.count == choice["tokens"]?.arrayValue?.count)
            #expect(logprobs.allSatisfy { $0["top_logprobs"]?.arrayValue?.count == 2 })
        }
        let usage = try #require(report["usage"])
        #expect((usage["prompt_tokens"]?.intValue ?? 0) > 2 && (usage["completion_tokens"]?.intValue ?? 99) <= 15)
    }

    @Test("a tool that must be called is called, with arguments of its schema")
    func tools() async throws {
        let tools = try folder.write(
            "tools.json",
            Array(
                #"""
                [{"type": "function", "function": {"name": "warmth", "parameters": {"type": "object", "properties":
                 {"unit": {"enum": ["C", "F"]}}, "required": ["unit"], "additionalProperties": false}}}]
                """#.utf8))
        let choice = try first(
            try await report("How warm is it?", "--tools", tools, "--tool-choice", "required", "--max-tokens", "60"))
        let call = try #require(choice["tool_calls"]?.arrayValue?.first?["function"])
        #expect(choice["finish_reason"]?.stringValue == "tool_calls" && call["name"]?.stringValue == "warmth")
        let arguments = try JSONValue(parsing: Array(try #require(call["arguments"]?.stringValue).utf8))
        #expect(["C", "F"].contains(arguments["unit"]?.stringValue))
        let none = try first(
            try await report("How warm is it?", "--tools", tools, "--tool-choice", "none", "--max-tokens", "10"))
        #expect(none["tool_calls"]?.arrayValue?.isEmpty == true)
    }

    @Test("pictures take their place in the prompt")
    func pictures() async throws {
        let with = try await report("What is this?", "--image", fixture("rgb8.png"), "--max-tokens", "3")
        let without = try await report("What is this?", "--max-tokens", "3")
        let tokens = [with, without].map { $0["usage"]?["prompt_tokens"]?.intValue ?? 0 }
        #expect(tokens[0] > tokens[1])
    }

    @Test(
        "prompts as token ids give an answer each, with any format of keys and values",
        arguments: ["f16", "q8_0", "f32"])
    func tokenPrompts(_ format: String) async throws {
        let prompts = try folder.write("prompts", Array("[1, 3, 1100, 4]\n[1, 3, 1200, 1201, 4]\n".utf8))
        let command = try await generate(
            "--tokens", prompts, "--json", "--max-tokens", "2", "--temperature", "0", "--kv-cache", format)
        #expect(command.code == 0 && command.outputLines.count == 2, "\(command.errors)")
    }

    @Test("the text model of a GGUF file answers, but sees nothing without its mmproj")
    func gguf() async throws {
        let file = Repository.reference("gguf/text-q8_0.gguf")
        let answer = try await generate("Hello", "--model", file, "--max-tokens", "3")
        #expect(answer.code == 0 && !answer.output.isEmpty, "\(answer.errors)")
        let seeing = ["Hello", "--model", file, "--max-tokens", "3", "--image", fixture("rgb8.png")]
        let blind = try await GleanerCommand.run(["generate"] + seeing)
        #expect(blind.code == 78 && blind.errors.contains("mmproj"), "\(blind.errors)")
        let mmproj = Repository.reference("gguf/mmproj-f32.gguf")
        #expect(try await GleanerCommand.run(["generate"] + seeing + ["--mmproj", mmproj]).code == 0)
    }

    @Test(
        "what cannot be is refused with its own code, in one line that names it, and nothing is printed",
        arguments: [
            (["x", "--temperature", "-1"], Int32(64), "temperature"), (["x", "--top-p", "0"], 64, "top_p"),
            (["x", "--frequency-penalty", "3"], 64, "frequency_penalty"), (["x", "-n", "17"], 64, "n"),
            (["x", "--max-tokens", "100000"], 84, "100000"), (["x", "--pattern", "("], 87, "--pattern"),
            (["x", "--schema", "/nowhere/s.json"], 66, "/nowhere/s.json"),
            (["x", "--image", "/nowhere/a.png"], 66, "/nowhere/a.png"),
            (["x", "--choice", "a", "--stop", "b"], 64, "stop"),
        ])
    func refusals(_ arguments: [String], _ code: Int32, _ named: String) async throws {
        let command = try await GleanerCommand.run(["generate"] + arguments, model: model.path)
        #expect(command.code == code, "\(command.errors)")
        #expect(
            command.output.isEmpty && command.errorLines.count == 1 && command.errors.contains(named),
            "\(command.errors)")
    }

    @Test(
        "wrong usage",
        arguments: [
            [], ["x", "--tokens", "y"], ["x", "--pattern", "a", "--json-object"], ["x", "--tool-choice", "auto"],
            ["x", "--logprobs", "2"], ["-", "--schema", "-"],
        ])
    func usage(_ arguments: [String]) async throws {
        let command = try await GleanerCommand.run(["generate"] + arguments, model: model.path)
        #expect(command.code == 64 && command.output.isEmpty)
    }
}
