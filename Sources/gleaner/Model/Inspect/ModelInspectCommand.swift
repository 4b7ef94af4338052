import ArgumentParser
import Files
import JSONSchema
import Mistral
import PageImages

/// `gleaner model inspect`: what a model is, and what it takes.
struct ModelInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what a model is, and how much memory it takes.",
        discussion: """
            Headers and settings are read, no weights: it takes no longer for a large model. --hash reads all bytes, about a \
            minute for 15 GB.

            EXAMPLES
              gleaner model inspect mistral-small
              gleaner model inspect mistral-small-q4_k_m.gguf --context 32768
              gleaner model inspect ~/Downloads/mistral-small --json | jq .memory
            """)

    @Argument(help: "A model's folder or GGUF file, or the name of an installed model.", completion: .file())
    var path: String

    @Option(
        help: ArgumentHelp(
            "The GGUF file of the vision encoder, where it does not lie beside the model.", valueName: "file"),
        completion: .file())
    var mmproj: String?

    @Option(help: ArgumentHelp("Positions to tell the memory for (default: 8192, and the most).", valueName: "n"))
    var context: Int?

    @Flag(help: "Add the SHA-256 of every file.")
    var hash = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard context.map({ $0 > 0 }) ?? true else { throw ValidationError("--context must be at least 1.") }
    }

    func run() throws {
        try reportingModelFailures {
            let facts = try ModelFacts(files: ModelArgument.files(path, mmproj: mmproj))
            if let context, context > facts.context {
                throw FileFailure(
                    message: "\(path): --context \(context) is more than the \(facts.context) positions of the model",
                    code: .tooLarge)
            }
            let report = ModelReport(facts, context: context, hashes: hash ? try hashes(facts.files) : nil)
            let sink = try OutputSink(output: nil)
            try sink.write(
                json ? report.value.serialized() + Array("\n".utf8) : Array((report.text(.standardOutput) + "\n").utf8))
        }
    }

    /// The SHA-256 of every file, by its path.
    private func hashes(_ files: ModelFiles) throws -> [String: String] {
        Interruption.watch()
        let size = { (path: String) in (try? Files.identity(of: path)).flatMap { $0?.size }.map(Int.init) ?? 0 }
        let progress = WorkProgress(path, total: files.all.reduce(0) { $0 + size($1) })
        var hashes: [String: String] = [:]
        for file in files.all {
            hashes[file] = try Files.sha256(ofFile: file) { bytes in
                try Interruption.check()
                progress.advance(by: bytes)
            }
        }
        return hashes
    }
}
