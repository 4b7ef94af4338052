import ArgumentParser
import JSONSchema
import PageImages
import Tensors

/// `gleaner model quantize`: a smaller model out of a larger one.
struct ModelQuantizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Write a smaller GGUF model.",
        discussion: """
            IN is a folder with safetensors files (Hugging Face's or Mistral's own) or a GGUF file. OUT is the GGUF file to write, \
            or a folder without a model, which is then one by itself. The vision encoder becomes a second file, "mmproj-…", in F16. Weights are \
            read, quantised and written a few rows at a time: a model of any size takes less than 1 GB of memory beside \
            the mapped file. Files appear under their names whole or not at all.

            TYPES, with the size of Mistral Small 3.2 (24B)
              q8_0    25.0 GB  next to no loss
              q6_k    19.3 GB
              q5_k_m  16.8 GB
              q4_k_m  14.3 GB  the usual choice

            EXAMPLES
              gleaner model quantize Mistral-Small-3.2-24B-Instruct-2506 ~/.local/share/gleaner/models/mistral-small-q4 --type q4_k_m
              gleaner model quantize mistral-small-bf16.gguf mistral-small-q6_k.gguf --type q6_k
            """)

    @Argument(help: "A model's folder or GGUF file, or the name of an installed model.", completion: .file())
    var input: String

    @Argument(help: "A GGUF file to write, or a folder.", completion: .file())
    var output: String

    @Option(help: "How weights are stored.")
    var type: WeightMix

    @Option(help: ArgumentHelp("Name of the model in the file (default: that of IN).", valueName: "text"))
    var name: String?

    @Flag(help: "Quantise weights that are quantised already: they lose more than the original would.")
    var requantize = false

    @Option(help: ArgumentHelp("Worker threads (default: one for each core).", valueName: "n"))
    var threads: Int?

    @Flag(help: "Print one JSON object about what was written.")
    var json = false

    func validate() throws {
        guard !output.isEmpty else { throw ValidationError("OUT is empty: name a GGUF file or a folder.") }
        guard threads.map({ (1...1024).contains($0) }) ?? true else {
            throw ValidationError("--threads must be between 1 and 1024.")
        }
    }

    func run() throws {
        try reportingModelFailures {
            let source = try QuantizeSource(path: input)
            for remark in source.remarks { StandardError.write("gleaner: \(input): \(remark)\n") }
            let name = name ?? Self.modelName(input)
            let run = QuantizeRun(
                text: try source.decoder(name: name, mix: type, requantizing: requantize),
                vision: try source.vision(name: name + "-mmproj"),
                targets: try QuantizeTargets(output: output, mix: type), threads: ThreadPool(threadCount: threads))
            let seconds = try run.write()
            let sink = try OutputSink(output: nil)
            try sink.write(json ? report(run, seconds).serialized() + Array("\n".utf8) : Array(text(run, seconds).utf8))
        }
    }

    private static func modelName(_ path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? "model"
        return last.hasSuffix(".gguf") ? String(last.dropLast(".gguf".count)) : last
    }

    private func text(_ run: QuantizeRun, _ seconds: Double) -> String {
        let style = TerminalStyle.standardOutput
        let bits = (run.text.bitsPerWeight * 100).rounded() / 100
        var lines = [
            "\(style.bold(run.targets.text.onOneLine)): \(type.name), \(ByteCount.text(run.text.layout.byteCount)), "
                + "\(bits) bits per weight"
        ]
        if let vision = run.vision {
            lines.append(
                "\(style.bold(run.targets.vision.onOneLine)): vision, \(ByteCount.text(vision.layout.byteCount))")
        }
        lines.append("in \((seconds * 10).rounded() / 10) s")
        return lines.joined(separator: "\n") + "\n"
    }

    private func report(_ run: QuantizeRun, _ seconds: Double) -> JSONValue {
        func file(_ path: String, _ plan: ConversionPlan) -> JSONValue {
            [
                "file": .string(path), "bytes": .number(JSONNumber(plan.layout.byteCount)),
                "tensors": .number(JSONNumber(plan.tensors.count)),
                "bits_per_weight": .number(JSONNumber((plan.bitsPerWeight * 1000).rounded() / 1000)),
            ]
        }
        return [
            "type": .string(type.rawValue), "text": file(run.targets.text, run.text),
            "vision": run.vision.map { file(run.targets.vision, $0) } ?? .null,
            "seconds": .number(JSONNumber((seconds * 1000).rounded() / 1000)),
        ]
    }
}
