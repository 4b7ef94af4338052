import ArgumentParser
import Extraction
import Inference
import Mistral
import PageImages

/// `gleaner generate`: a prompt and pictures in, the model's answer out.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Ask the model for text, JSON or tool calls.",
        discussion: """
            The answer goes to standard output as it is written; progress goes to standard error when that is a \
            terminal. With --json everything about the answer comes at its end: text, tool calls, why it ended, tokens, log \
            probabilities, and the seed with which it comes again.

            EXAMPLES
              gleaner generate "Why is the sky blue?" --model mistral-small-3.2
              gleaner generate "What is on this page?" --image scan.png --max-tokens 200
              gleaner generate "Invent a person." --schema person.json --temperature 1 -n 3
              gleaner generate "Is this spam? Win a prize!" --choice yes --choice no --logprobs 2 --json
              gleaner generate "How warm is it in Berlin?" --tools tools.json --tool-choice required
              git log -1 | gleaner generate - --system "Say it in one line."

            ENVIRONMENT
              GLEANER_MODEL  the model to use when --model is not given
            """
    )

    @Argument(help: "What is said to the model; - is standard input.")
    var prompt: String?

    @OptionGroup var modelOptions: ModelOptions

    @Option(help: ArgumentHelp("The system prompt.", valueName: "text"))
    var system: String?

    @Option(
        help: ArgumentHelp(
            "A picture or document to look at, all its pages; may be given several times.", valueName: "file"),
        completion: .file())
    var image: [String] = []

    @Option(help: ArgumentHelp("Dots per inch at which PDF pages are drawn.", valueName: "dpi"))
    var resolution: Double = ExtractionOptions.defaultResolution

    @Option(
        help: ArgumentHelp(
            "Token ids in place of a prompt: a file with one JSON array a line, each a prompt; - is standard input.",
            valueName: "file"),
        completion: .file())
    var tokens: String?

    @OptionGroup(title: "The answer's form") var form: AnswerFormOptions
    @OptionGroup(title: "Sampling") var sampling: SamplingOptions
    @OptionGroup(title: "Documents") var opening: DocumentOptions

    @Flag(help: "Print one JSON object for each prompt, when its answers are complete.")
    var json = false

    func validate() throws {
        guard (prompt == nil) != (tokens == nil) else {
            throw ValidationError(
                prompt == nil ? "Give a prompt, or - to read it from standard input." : "Give a prompt or --tokens.")
        }
        guard tokens == nil || (image.isEmpty && system == nil && form.tools == nil) else {
            throw ValidationError("--tokens has no pictures, system prompt or tools beside it.")
        }
        guard !(prompt == "-" || tokens == "-") || !form.usesStandardInput else {
            throw ValidationError("Standard input can be read for one thing only.")
        }
        guard sampling.logprobs == nil || json else { throw ValidationError("--logprobs needs --json.") }
        guard !image.isEmpty || (opening.password.isEmpty && opening.passwords == nil) else {
            throw ValidationError("--password and --passwords need --image.")
        }
        guard (10...1200).contains(resolution) else {
            throw ValidationError("--resolution must be between 10 and 1200.")
        }
    }

    func run() throws {
        try reportingFailures {
            var request = ChatRequest(messages: [])
            try form.apply(to: &request)
            sampling.apply(to: &request)
            request.cacheFormat = modelOptions.cacheFormat
            let loading = Inference.Stopwatch()
            let model = try modelOptions.load()
            for remark in model.files.remarks { StandardError.write("gleaner: \(remark)\n".onOneLine + "\n") }
            let printer = GenerationPrinter(model, isJSON: json, loadSeconds: loading.seconds)
            do {
                if let tokens {
                    try printer.print(prepared(request, of: TokenPrompts.read(tokens), model)) { number in
                        "\(tokens), prompt \(number): "
                    }
                } else {
                    try printer.print([prepared(request, model)])
                }
            } catch let error as ChatError {
                throw form.named(error)
            }
        }
    }

    /// What is to be generated of prompts that are token ids.
    private func prepared(
        _ request: ChatRequest, of prompts: [[Int]], _ model: LanguageModel
    ) throws(ChatError) -> [PreparedChat] {
        var chats: [PreparedChat] = []
        for ids in prompts {
            chats.append(try request.prepared(prompt: PromptTokens(ids: ids), contextLength: model.contextLength))
        }
        return chats
    }

    /// What is to be generated of a prompt and pictures. Everything is checked before the first picture is encoded.
    private func prepared(_ request: ChatRequest, _ model: LanguageModel) throws -> PreparedChat {
        var request = request
        let pictures = try PictureEncoder(image, model, opening, resolution: resolution)
        if let system { request.messages.append(.system(ChatContent(system))) }
        let chunks: [ContentChunk] = pictures.grids.map { .image($0) } + [.text(try promptText())]
        request.messages.append(.user(ChatContent(chunks)))
        request.encodesImagesLater = true
        var chat = try request.prepared(template: model.template, contextLength: model.contextLength)
        chat.request.imageFeatures = try pictures.encode()
        return chat
    }

    private func promptText() throws(FileFailure) -> String {
        guard let prompt, prompt != "-" else {
            return String(decoding: try InputFile.read("-"), as: UTF8.self)
        }
        return prompt
    }
}
