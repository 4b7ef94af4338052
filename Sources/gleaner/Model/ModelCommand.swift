import ArgumentParser

/// `gleaner model`: the files that a model consists of.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Inspect, verify, quantise and find models.",
        discussion: "docs/models.md says which files to download and where to put them.",
        subcommands: [
            ModelInspectCommand.self, ModelVerifyCommand.self, ModelQuantizeCommand.self, ModelListCommand.self,
            ModelPathCommand.self,
        ])
}
