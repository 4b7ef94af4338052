import ArgumentParser
import Inference
import JSONSchema

/// What the answer must be.
struct AnswerFormOptions: ParsableArguments {
    @Flag(name: .customLong("json-object"), help: "Any JSON object.")
    var jsonObject = false

    @Option(help: "JSON that follows this schema.", completion: .file(extensions: ["json"]))
    var schema: String?

    @Flag(help: "Leave what cannot be held of the schema unchecked, instead of refusing it.")
    var lenient = false

    @Option(help: ArgumentHelp("Text that matches this regular expression as a whole.", valueName: "regex"))
    var pattern: String?

    @Option(help: ArgumentHelp("One of these texts; given once for each.", valueName: "text"))
    var choice: [String] = []

    @Option(
        help: ArgumentHelp(
            "Functions that the model may call: a JSON array in the form of OpenAI's API.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var tools: String?

    @Option(help: ArgumentHelp("auto, none, required, or the name of a function.", valueName: "choice"))
    var toolChoice: String?

    @Flag(inversion: .prefixedNo, help: "Whether several calls may come at once.")
    var parallelToolCalls = true

    func validate() throws {
        let forms = [jsonObject, schema != nil, pattern != nil, !choice.isEmpty].filter(\.self).count
        guard forms <= 1 else {
            throw ValidationError("Give one of --json-object, --schema, --pattern and --choice.")
        }
        guard !lenient || schema != nil else { throw ValidationError("--lenient needs --schema.") }
        guard toolChoice == nil || tools != nil else { throw ValidationError("--tool-choice needs --tools.") }
    }

    /// What an error of a chat request is about, as the user said it.
    func named(_ error: ChatError) -> FileFailure {
        let code = ExitCode(error)
        return switch error {
        case .responseFormat(let error):
            FileFailure(message: "\(schema ?? (pattern == nil ? "--choice" : "--pattern")): \(error)", code: code)
        case .tool(let error): FileFailure(message: "\(tools ?? "--tools"): \(error)", code: code)
        case .parameter, .messages, .contextTooShort: FileFailure(message: error.description, code: code)
        }
    }

    /// Whether something is read from standard input.
    var usesStandardInput: Bool { schema == "-" || tools == "-" }

    func apply(to request: inout ChatRequest) throws {
        if jsonObject {
            request.responseFormat = .jsonObject
        } else if let schema {
            request.responseFormat = .jsonSchema(try JSONFile.read(schema), isStrict: !lenient)
        } else if let pattern {
            request.responseFormat = .pattern(pattern)
        } else if !choice.isEmpty {
            request.responseFormat = .choices(choice)
        }
        if let tools { request.tools = try ToolsFile.read(tools) }
        request.toolChoice = toolChoice.map { choice in
            switch choice {
            case "auto": .auto
            case "none": .none
            case "required": .required
            default: .named(choice)
            }
        }
        request.parallelToolCalls = parallelToolCalls
    }
}
