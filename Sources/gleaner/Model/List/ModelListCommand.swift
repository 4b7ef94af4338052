import ArgumentParser
import Extraction
import JSONSchema
import PageImages

/// `gleaner model list`: what is installed.
struct ModelListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the models in the folders where models are looked for.",
        discussion: """
            `gleaner model path` prints these folders. Where two of them have a model of the same name, the first is used, and the \
            other is marked as shadowed.

            EXAMPLES
              gleaner model list
              gleaner model list --json | jq -r '.[] | select(.shadowed_by == null) | .name'
            """)

    @Flag(help: "Print one JSON array.")
    var json = false

    func run() throws {
        try reportingModelFailures {
            let models = InstalledModel.all(in: ModelFolder.installed)
            let sink = try OutputSink(output: nil)
            if json {
                try sink.write(JSONValue.array(models.map(value)).serialized() + Array("\n".utf8))
            } else if models.isEmpty {
                StandardError.write("gleaner: no model is installed; docs/models.md says how to get one\n")
            } else {
                try sink.write(Array((table(models) + "\n").utf8))
            }
        }
    }

    private func value(_ model: InstalledModel) -> JSONValue {
        [
            "name": .string(model.name), "path": .string(model.path),
            "format": model.format.map { .string($0) } ?? .null,
            "bytes": .number(JSONNumber(model.byteCount)), "type": model.type.map { .string($0) } ?? .null,
            "fault": model.fault.map { .string($0) } ?? .null,
            "shadowed_by": model.shadowedBy.map { .string($0) } ?? .null,
        ]
    }

    private func table(_ models: [InstalledModel]) -> String {
        let style = TerminalStyle.standardOutput
        let rows = models.map { model in
            let note = model.fault ?? model.shadowedBy.map { "shadowed by \($0)" } ?? ""
            return [
                model.name, model.format ?? "?", model.type ?? "?", ByteCount.text(model.byteCount),
                note.isEmpty ? model.path : "\(model.path) (\(note))",
            ]
        }
        let table = TextTable(header: ["name", "format", "type", "size", "path"], rows: rows, rightAligned: [3])
        var lines = [style.bold(table.lines[0])]
        for (model, line) in zip(models, table.lines.dropFirst()) {
            lines.append(model.fault != nil ? style.yellow(line) : model.shadowedBy != nil ? style.dim(line) : line)
        }
        return lines.joined(separator: "\n")
    }
}
