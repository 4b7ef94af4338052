import ArgumentParser
import DropFolder

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the configuration of the drop folder.",
        subcommands: [CheckCommand.self, ReferenceCommand.self], defaultSubcommand: CheckCommand.self)

    struct CheckCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Read the configuration, its schemas and its models, and say what is wrong.",
            discussion: """
                Nothing is created, taken or moved. The exit code is 0 when `gleaner watch` could start, 78 when the \
                configuration is wrong, and that of docs/exit-codes.md when a schema or model is. docs/configuration.md has every key.

                EXAMPLES
                  gleaner config check
                  gleaner config check --config /etc/gleaner/gleaner.yaml
                """)

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            try reportingFailures {
                let configuration = try options.load()
                let engines = try EngineCache(configuration) { StandardError.write("gleaner: \($0)\n") }
                try DropFolderDaemon.check(configuration, engine: engines.engine)
                let inboxes = configuration.inboxes.count == 1 ? "1 inbox" : "\(configuration.inboxes.count) inboxes"
                print("\(try options.path()): good, \(inboxes)")
            }
        }
    }

    struct ReferenceCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reference",
            abstract: "Print every key of the configuration, as docs/configuration.md has them.")

        func run() {
            print(ConfigurationReference.markdown, terminator: "")
        }
    }
}
