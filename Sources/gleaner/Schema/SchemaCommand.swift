import ArgumentParser

/// `gleaner schema`: what a schema promises, and proof of it.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Check schemas, validate records, and measure structured output.",
        subcommands: [SchemaCheckCommand.self, SchemaValidateCommand.self, SchemaBenchCommand.self])
}
