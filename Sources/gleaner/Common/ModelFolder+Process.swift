import Extraction

extension ModelFolder {
    /// The model that an option, the environment or nothing names.
    static func named(_ model: String?) throws(ExtractionError) -> ModelFolder {
        try ModelFolder(
            model: model, environment: ProcessEnvironment.variables, executable: ProcessEnvironment.executable)
    }

    /// The folders in which models are looked for by their names, in that order.
    static var installed: [String] {
        places(environment: ProcessEnvironment.variables, executable: ProcessEnvironment.executable)
    }
}
