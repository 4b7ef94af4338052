import JSONSchema
import Mistral
import PageImages
import Tensors

/// All that is known of a model, as people and programs read it.
struct ModelReport {
    private let facts: ModelFacts
    /// Positions for which memory is told.
    private let contexts: [Int]
    private let hashes: [String: String]?

    /// - Parameters:
    ///   - context: positions to tell the memory for; nil: a usual number, and the most.
    ///   - hashes: SHA-256 of the files by their paths.
    init(_ facts: ModelFacts, context: Int?, hashes: [String: String]?) {
        self.facts = facts
        self.hashes = hashes
        let usual = min(8192, facts.context)
        contexts = context.map { [$0] } ?? (usual < facts.context ? [usual, facts.context] : [usual])
    }

    private var configuration: MistralConfiguration { facts.configuration }

    /// Bytes of the key-value cache.
    private func cacheBytes(_ positions: Int, _ format: KeyValueFormat) -> Int {
        configuration.cacheBytes(positions: positions, format: format)
    }
}

extension ModelReport {
    func text(_ style: TerminalStyle) -> String {
        let files = facts.files
        let names = files.all.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        var lines = [
            "\(style.bold((facts.name ?? lastComponent).onOneLine)): \(facts.architecture.onOneLine), "
                + "\(ByteCount.count(facts.parameters)) parameters, \(files.format.rawValue), "
                + ByteCount.text(files.weightBytes)
        ]
        lines += files.remarks.map { style.yellow($0.onOneLine) }
        lines += [
            "", textLine, visionLine(style), tokenizerLine(style),
            "licence      \((facts.license ?? "not stated").onOneLine)",
        ]
        lines += [""] + table(types, style) + [""] + table(memory, style)
        if let hashes {
            lines.append("")
            lines += zip(files.all, names).map { "\(hashes[$0] ?? "")  \($1.onOneLine)" }
        } else {
            lines += ["", style.dim("files: \(names.joined(separator: ", ").onOneLine)")]
        }
        return lines.joined(separator: "\n")
    }

    private var lastComponent: String { facts.files.path.split(separator: "/").last.map(String.init) ?? "model" }

    private var textLine: String {
        let text = configuration.text
        return
            "text         \(text.layers) layers of \(text.hiddenSize), \(text.heads) heads of \(text.headDimension) on "
            + "\(text.keyValueHeads) of keys and values, feed-forward \(text.intermediateSize), "
            + "vocabulary \(text.vocabularySize), context \(facts.context)"
    }

    private func visionLine(_ style: TerminalStyle) -> String {
        guard let vision = configuration.vision else {
            return "vision       \(style.yellow("none: pages cannot be read; a GGUF model needs its mmproj file"))"
        }
        return
            "vision       \(vision.layers) layers of \(vision.hiddenSize), patches of \(vision.patchSize), pictures up to "
            + "\(vision.imageSize) pixels, \(ByteCount.count(facts.visionParameters)) parameters"
    }

    private func tokenizerLine(_ style: TerminalStyle) -> String {
        let version = facts.tokenizerVersion.map { "Tekken \($0.rawValue)" }
        return "tokenizer    " + (version ?? style.yellow((facts.tokenizerError?.description ?? "none").onOneLine))
    }

    private var types: TextTable {
        TextTable(
            header: ["type", "tensors", "weights", "size"],
            rows: facts.tensors.map {
                [$0.type, "\($0.count)", ByteCount.count($0.parameters), ByteCount.text($0.bytes)]
            }, rightAligned: [1, 2, 3])
    }

    private var memory: TextTable {
        TextTable(
            header: ["context", "cache f16", "with weights", "cache q8_0", "with weights"],
            rows: contexts.map { positions in
                let bytes = [KeyValueFormat.float16, .quantized8].map { cacheBytes(positions, $0) }
                return ["\(positions)"]
                    + bytes.flatMap { [ByteCount.text($0), ByteCount.text($0 + facts.files.weightBytes)] }
            }, rightAligned: [0, 1, 2, 3, 4])
    }

    private func table(_ table: TextTable, _ style: TerminalStyle) -> [String] {
        [style.bold(table.lines[0])] + table.lines.dropFirst()
    }
}

extension ModelReport {
    /// The report as one JSON object.
    var value: JSONValue {
        let files = facts.files
        return [
            "path": .string(files.path), "format": .string(files.format.rawValue), "name": Self.text(facts.name),
            "architecture": .string(facts.architecture), "license": Self.text(facts.license),
            "parameters": Self.number(facts.parameters), "text": textValue, "vision": visionValue,
            "tokenizer": Self.text(facts.tokenizerVersion?.rawValue),
            "tokenizer_fault": Self.text(facts.tokenizerError?.description),
            "tensors": .array(
                facts.tensors.map {
                    [
                        "type": .string($0.type), "count": Self.number($0.count),
                        "weights": Self.number($0.parameters), "bytes": Self.number($0.bytes),
                    ]
                }),
            "memory": [
                "weights": Self.number(files.weightBytes),
                "cache": .array(
                    contexts.map {
                        [
                            "context": Self.number($0), "f16": Self.number(cacheBytes($0, .float16)),
                            "q8_0": Self.number(cacheBytes($0, .quantized8)),
                        ]
                    }),
            ],
            "files": .array(files.all.map { ["path": .string($0), "sha256": Self.text(hashes?[$0])] }),
            "remarks": .array(files.remarks.map { .string($0) }),
        ]
    }

    private var textValue: JSONValue {
        let text = configuration.text
        return [
            "parameters": Self.number(facts.textParameters), "layers": Self.number(text.layers),
            "hidden_size": Self.number(text.hiddenSize), "heads": Self.number(text.heads),
            "key_value_heads": Self.number(text.keyValueHeads), "head_dimension": Self.number(text.headDimension),
            "intermediate_size": Self.number(text.intermediateSize),
            "vocabulary_size": Self.number(text.vocabularySize), "context": Self.number(facts.context),
        ]
    }

    private var visionValue: JSONValue {
        guard let vision = configuration.vision else { return .null }
        return [
            "parameters": Self.number(facts.visionParameters), "layers": Self.number(vision.layers),
            "hidden_size": Self.number(vision.hiddenSize), "patch_size": Self.number(vision.patchSize),
            "image_size": Self.number(vision.imageSize), "spatial_merge_size": Self.number(vision.spatialMergeSize),
        ]
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}
