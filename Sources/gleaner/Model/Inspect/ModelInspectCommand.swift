import ArgumentParser
import JSONSchema
import Tensors

/// `gleaner model inspect`: what a model is, and what it takes.
struct ModelInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Say what a model is, and how much memory it takes.")

    @Argument(help: "A model's folder or GGUF file.", completion: .file())
    var path: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        try reportingModelFailures {
            guard let files = ModelFileList(path: path) else {
                throw FileFailure(message: "\(path): there is no model; check the path", code: .missingFile)
            }
            let summary = try files.summary()
            let sink = try OutputSink(output: nil)
            let rows = summary.sorted.map {
                [$0.type, "\($0.row.tensors)", "\($0.row.weights)", ByteCount.text($0.row.bytes)]
            }
            let table = TextTable(header: ["type", "tensors", "weights", "size"], rows: rows, rightAligned: [1, 2, 3])
            try sink.write(Array((table.lines.joined(separator: "\n") + "\n").utf8))
        }
    }
}
