extension ConfigurationChecks {
    /// A folder of the configuration.
    fileprivate struct Folder {
        let role: Role
        let key: String
        let path: String
        /// With symbolic links followed.
        let resolved: String

        enum Role: String {
            case inbox = "an inbox"
            case state = "the state folder"
            case records = "the folder of records"
            case done = "the folder of finished documents"
            case failed = "the folder of failed documents"
        }
    }

    /// No folder may lie in another: what is written there would be taken for a document, or counted as what it is not.
    /// Inboxes may share records, done and failed.
    mutating func checkFolders() {
        let folders = folders
        for (index, folder) in folders.enumerated() {
            // The first one that is in the way is enough.
            let other = folders[..<index].first { other in
                guard folder.role != other.role || folder.role == .inbox else { return false }
                return FolderPath.contains(other.resolved, folder.resolved)
                    || FolderPath.contains(folder.resolved, other.resolved)
            }
            guard let other else { continue }
            let place = "\(other.path) (\(other.key))"
            let relation =
                switch (
                    FolderPath.contains(other.resolved, folder.resolved),
                    FolderPath.contains(folder.resolved, other.resolved)
                ) {
                case (true, true): "is"
                case (true, false): "lies in"
                default: "holds"
                }
            report(
                folder.key, "\(folder.path) \(relation) \(other.role.rawValue): \(place)", "choose a folder beside it")
        }
    }

    private var folders: [Folder] {
        var folders = [Folder(.state, "state", configuration.state)]
        for (index, inbox) in configuration.inboxes.enumerated() {
            let key = "inboxes.\(index)"
            folders += [
                Folder(.inbox, "\(key).path", inbox.path), Folder(.records, "\(key).records", inbox.records),
                Folder(.done, "\(key).done", inbox.done), Folder(.failed, "\(key).failed", inbox.failed),
            ]
        }
        return folders.filter { !$0.path.isEmpty }
    }

    /// Files of lines must not lie in an inbox, and one CSV file has one set of columns.
    mutating func checkLines() {
        let inboxes = configuration.inboxes.filter { !$0.path.isEmpty }.map(\.path)
        var users: [String: (key: String, schema: String?)] = [:]
        for (index, inbox) in configuration.inboxes.enumerated() {
            for (name, path) in [("jsonl", inbox.jsonl), ("csv", inbox.csv)] {
                guard let path else { continue }
                let key = "inboxes.\(index).\(name)"
                let resolved = FolderPath.resolved(path)
                if let inbox = inboxes.first(where: { FolderPath.contains(FolderPath.resolved($0), resolved) }) {
                    report(key, "\(path) lies in the inbox \(inbox)", "choose a file elsewhere")
                }
                let schema = name == "csv" ? inbox.reading.schema : nil
                if let user = users[resolved], user.schema != schema {
                    report(key, "\(path) is written by \(user.key) too, in another form", "choose another file")
                }
                users[resolved] = (key, schema)
            }
            let others = inbox.subfolders.filter { $0.reading.schema != inbox.reading.schema }
            if inbox.csv != nil, let other = others.first {
                report(
                    "inboxes.\(index).csv", "\"\(other.path)\" has another schema, so other columns",
                    "use `jsonl`, or make that folder an inbox of its own")
            }
        }
    }
}

extension ConfigurationChecks.Folder {
    fileprivate init(_ role: Role, _ key: String, _ path: String) {
        self.init(role: role, key: key, path: path, resolved: path.isEmpty ? "" : FolderPath.resolved(path))
    }
}
