import DropFolder

/// A configuration as text, and what comes of it.
enum ConfigurationText {
    static let smallest = """
        state: /var/lib/gleaner
        inboxes:
          - path: /srv/inbox
            schema: invoice.json
            records: /srv/records
            done: /srv/done
            failed: /srv/failed

        """

    static func read(
        _ text: String, environment: [String: String] = [:], settings: [String] = []
    ) throws(ConfigurationError) -> DropFolderConfiguration {
        try DropFolderConfiguration(
            yaml: Array(text.utf8), path: "/etc/gleaner/gleaner.yaml", environment: environment, settings: settings,
            workingFolder: "/home/operator")
    }

    /// Each problem on a line.
    static func problems(
        _ text: String, environment: [String: String] = [:], settings: [String] = []
    ) -> [String] {
        do {
            _ = try read(text, environment: environment, settings: settings)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
