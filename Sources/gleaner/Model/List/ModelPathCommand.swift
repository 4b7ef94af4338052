import ArgumentParser
import Extraction
import JSONSchema
import PageImages

/// `gleaner model path`: where models are looked for.
struct ModelPathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path",
        abstract: "Print the folders in which models are looked for, in order.",
        discussion: """
            A model that is named without a slash is looked for in these folders; the first that has it wins. They follow the XDG \
            base directories: XDG_DATA_HOME and XDG_DATA_DIRS change them.

            EXAMPLE
              gleaner model path
            """)

    @Flag(help: "Print one JSON array.")
    var json = false

    func run() throws {
        try reportingModelFailures {
            let folders = ModelFolder.installed
            let sink = try OutputSink(output: nil)
            let text =
                json
                ? JSONValue.array(folders.map { .string($0) }).serialized()
                : Array(folders.map(\.onOneLine).joined(separator: "\n").utf8)
            try sink.write(text + Array("\n".utf8))
        }
    }
}
