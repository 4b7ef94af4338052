import ArgumentParser
import DropFolder
import Foundation

/// How a command finds its configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The configuration (default: GLEANER_CONFIG, ./gleaner.yaml, /etc/gleaner/gleaner.yaml).", valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Replace a value of the configuration, such as inboxes.invoices.quiet_seconds=1; may be repeated.",
            valueName: "key=value"))
    var settings: [String] = []

    var workingFolder: String { FileManager.default.currentDirectoryPath }

    /// The path of the file that is meant.
    func path() throws(ConfigurationError) -> String {
        try DropFolderConfiguration.locate(
            flag: config, environment: ProcessEnvironment.variables, workingFolder: workingFolder)
    }

    /// - Throws: all that is wrong with the configuration.
    func load() throws(ConfigurationError) -> DropFolderConfiguration {
        try DropFolderConfiguration.load(
            path(), environment: ProcessEnvironment.variables, settings: settings, workingFolder: workingFolder)
    }
}
