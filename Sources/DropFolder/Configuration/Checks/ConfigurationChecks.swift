/// What no single key can tell: names given twice, folders in one another, keys that exclude each other.
struct ConfigurationChecks {
    let configuration: DropFolderConfiguration
    let reader: ConfigurationReader
    var problems: [ConfigurationError.Problem] = []

    init(_ configuration: DropFolderConfiguration, reader: ConfigurationReader) {
        self.configuration = configuration
        self.reader = reader
    }

    static func problems(
        of configuration: DropFolderConfiguration, reader: ConfigurationReader
    ) -> [ConfigurationError.Problem] {
        var checks = ConfigurationChecks(configuration, reader: reader)
        checks.checkNames()
        checks.checkFolders()
        checks.checkLines()
        checks.checkSubfolders()
        checks.checkRetry()
        return checks.problems
    }

    mutating func report(_ key: String, _ reason: String, _ remedy: String) {
        problems.append(.init(origin: reader.origin(of: key), key: key, reason: reason, remedy: remedy))
    }

    private mutating func checkNames() {
        var keys: [String: String] = [:]
        for (index, inbox) in configuration.inboxes.enumerated() where !inbox.path.isEmpty {
            let key = "inboxes.\(index).name"
            if let other = keys[inbox.name] {
                report(key, "\"\(inbox.name)\" is the name of \(other) too", "give one of them another `name`")
            } else if inbox.name.isEmpty {
                report(key, "the inbox has no name", "give it one with `name`")
            }
            keys[inbox.name] = "inboxes.\(index)"
        }
    }

    private mutating func checkSubfolders() {
        for (index, inbox) in configuration.inboxes.enumerated() where !inbox.subfolders.isEmpty && !inbox.recursive {
            report(
                "inboxes.\(index).subfolders", "folders below the inbox are not looked into",
                "remove `recursive: false`, or the subfolders")
        }
    }

    private mutating func checkRetry() {
        let retry = configuration.engineRetry
        guard retry.firstSeconds > retry.mostSeconds else { return }
        report(
            "engine_retry.most_seconds", "the longest wait is shorter than the first of \(retry.firstSeconds) seconds",
            "write \(retry.firstSeconds) or more")
    }
}
