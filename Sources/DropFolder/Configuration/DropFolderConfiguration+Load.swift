extension DropFolderConfiguration {
    /// Reads and checks a configuration.
    ///
    /// - Parameters:
    ///   - yaml: the bytes of the file.
    ///   - path: absolute path of the file: relative paths in it start at its folder.
    ///   - environment: `GLEANER_…` variables replace what the file says.
    ///   - settings: `key.path=value` texts of `--set`, which replace what file and environment say.
    ///   - workingFolder: where relative paths in `environment` and `settings` start.
    /// - Throws: every problem at once.
    public init(
        yaml: [UInt8], path: String, environment: [String: String] = [:], settings: [String] = [],
        workingFolder: String = "/"
    ) throws(ConfigurationError) {
        var (root, problems) = try SettingNode.parse(yaml: yaml, path: path)
        problems += ConfigurationOverrides.apply(environment: environment, settings: settings, to: &root)
        var configuration = DropFolderConfiguration(state: "", inboxes: [])
        var reader = ConfigurationReader(file: path, workingFolder: workingFolder)
        reader.read(root, ConfigurationTable.keys, into: &configuration, at: "")
        problems += reader.problems + ConfigurationChecks.problems(of: configuration, reader: reader)
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        self = configuration
    }

    /// Reads a file, as `init(yaml:…)` does.
    ///
    /// - Throws: every problem at once; one when the file cannot be read.
    public static func load(
        _ path: String, environment: [String: String] = [:], settings: [String] = [], workingFolder: String
    ) throws(ConfigurationError) -> DropFolderConfiguration {
        let path = FolderPath.normalised(path, in: workingFolder)
        return try DropFolderConfiguration(
            yaml: ConfigurationFile.read(path), path: path, environment: environment, settings: settings,
            workingFolder: workingFolder)
    }

    /// The file to read: `--config`, else `GLEANER_CONFIG`, else `gleaner.yaml` in the working folder, else
    /// `/etc/gleaner/gleaner.yaml`.
    ///
    /// - Parameter flag: what `--config` said.
    /// - Throws: one problem with every place that was looked at.
    public static func locate(
        flag: String?, environment: [String: String], workingFolder: String
    ) throws(ConfigurationError) -> String {
        if let named = [flag, environment["GLEANER_CONFIG"]].compactMap(\.self).first(where: { !$0.isEmpty }) {
            return FolderPath.normalised(named, in: workingFolder)
        }
        let places = [FolderPath.normalised("gleaner.yaml", in: workingFolder), "/etc/gleaner/gleaner.yaml"]
        if let found = places.first(where: ConfigurationFile.exists) { return found }
        throw ConfigurationError([
            .init(
                origin: .file(places[0], line: 0, column: 0), key: "",
                reason: "there is no configuration: neither here nor at \(places[1])",
                remedy: "name one with --config or GLEANER_CONFIG")
        ])
    }
}
