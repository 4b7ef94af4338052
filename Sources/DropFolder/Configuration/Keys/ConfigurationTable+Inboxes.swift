import Extraction

extension ConfigurationTable {
    private static let blankInbox = InboxConfiguration(path: "", schema: "", records: "", done: "", failed: "")
    private static let blankReading = ReadingOptions(schema: "")

    static let inboxes: ConfigurationKey<DropFolderConfiguration> = {
        let entry = KeyEntry(
            name: "inboxes", summary: "The folders that documents are dropped into, one or more.", kind: "a list",
            fallback: nil, form: .list, keys: inbox.map(\.entry))
        return ConfigurationKey(entry: entry) { node, target, path, reader in
            guard case .sequence(let elements) = node.content, !elements.isEmpty else {
                reader.report(node.origin, path, "this is not a list of inboxes", "write `- path: /srv/inbox` below it")
                return
            }
            target.inboxes = elements.enumerated().map { index, element in
                var inbox = blankInbox
                reader.read(element, Self.inbox, into: &inbox, at: "\(path).\(index)")
                if inbox.name.isEmpty { inbox.name = String(inbox.path.split(separator: "/").last ?? "") }
                return inbox
            }
        }
    }()

    /// The subfolders come last: what they do not set is as in the inbox.
    private static let inbox: [ConfigurationKey<InboxConfiguration>] =
        [
            .required("path", \.path, .path, "The folder that documents are dropped into."),
            .required("schema", \.reading.schema, .path, schemaSummary),
            .required("records", \.records, .path, "Where records go."),
            .required("done", \.done, .path, "Where documents go that have a record."),
            .required(
                "failed", \.failed, .path, "Where documents go that could not be read, each with `NAME.error.json`."),
            ConfigurationKey(
                entry: KeyEntry(
                    name: "name", summary: "What logs and metrics call it; no two inboxes have the same.",
                    kind: ValueRule.name.kind, fallback: "the last part of `path`")
            ) { node, inbox, path, reader in
                if let name = reader.value(node, .name, at: path) { inbox.name = name }
            },
        ] + reading(\.reading) + [
            .optional(
                "quiet_seconds", \.quietSeconds, .number(0...86_400, unit: "seconds"), of: blankInbox,
                "A file is taken when it has not changed for so long and nobody has it open for writing."),
            .optional(
                "rescan_seconds", \.rescanSeconds, seconds, of: blankInbox,
                "Time between full listings, which find what events did not tell."),
            .optional(
                "polling", \.polling, .choice, of: blankInbox,
                "`auto` relies on events, and on listings alone where a file system has none: network and FUSE."),
            .optional("recursive", \.recursive, .boolean, of: blankInbox, "Whether folders below it are looked into."),
            .optional("jsonl", \.jsonl, .path, fallback: "none", "A file that gets each record as a line of JSON too."),
            .optional(
                "csv", \.csv, .path, fallback: "none",
                "A file that gets each record as a line of CSV too; for flat schemas."),
            subfolders,
        ]

    private static let subfolder: [ConfigurationKey<SubfolderConfiguration>] =
        [.optional("schema", \.reading.schema, .path, of: .init(path: "", reading: blankReading), schemaSummary)]
        + reading(\.reading)

    private static let schemaSummary = "The file with the JSON Schema that records follow."

    private static let subfolders: ConfigurationKey<InboxConfiguration> = {
        let entry = KeyEntry(
            name: "subfolders",
            summary: "Folders below the inbox, by their path in it, whose documents are read in another way.",
            kind: "a map", fallback: "none", form: .map, keys: subfolder.map(\.entry))
        return ConfigurationKey(entry: entry) { node, inbox, path, reader in
            guard case .mapping(let entries) = node.content else {
                reader.report(
                    node.origin, path, "this is not a map of folders", "write `credit-notes:` and its keys below it")
                return
            }
            for entry in entries {
                let place = "\(path).\(entry.key)"
                var part = SubfolderConfiguration(path: entry.key, reading: inbox.reading)
                reader.read(entry.value, subfolder, into: &part, at: place)
                let inside = FolderPath.normalised(entry.key, in: "/").dropFirst()
                if inside.isEmpty || entry.key.hasPrefix("/") || entry.key.split(separator: "/").contains("..") {
                    reader.report(
                        entry.origin, place, "this is not a folder below the inbox",
                        "write its path in the inbox, such as a/b")
                } else if inbox.subfolders.contains(where: { $0.path == inside }) {
                    reader.report(entry.origin, place, "the folder is given more than once", "keep one")
                } else {
                    part.path = String(inside)
                    inbox.subfolders.append(part)
                }
            }
            inbox.subfolders.sort { ($1.depth, $0.path) < ($0.depth, $1.path) }
        }
    }()

    /// The options of the engine, of inboxes and subfolders alike.
    private static func reading<Target>(
        _ place: WritableKeyPath<Target, ReadingOptions> & Sendable
    ) -> [ConfigurationKey<Target>] {
        readingKeys.map { key in
            ConfigurationKey(entry: key.entry) { node, target, path, reader in
                key.read(node, &target[keyPath: place], path, &reader)
            }
        }
    }

    private static let readingKeys: [ConfigurationKey<ReadingOptions>] = [
        .optional("model", \.model, .model, fallback: "that of all inboxes", "The model: its folder, or its name."),
        .optional("pages", \.pages, .pages, of: blankReading, "The pages to read: `all`, or such as `1-3,7` or `2-`."),
        .optional(
            "max_tokens", \.maximumTokens, .integer(1...1_000_000),
            fallback: "\(ExtractionOptions.defaultMaximumTokens), or what the context leaves",
            "The most tokens a record may take."),
        .optional(
            "temperature", \.temperature, .number(0...10), of: blankReading,
            "Randomness of the choice of tokens; 0 takes the likeliest."),
        .optional("seed", \.seed, .integer(0...UInt64.max), of: blankReading, "Seed of that randomness."),
        .optional(
            "resolution", \.resolution, .number(10...1200, unit: "dots per inch"), of: blankReading,
            "How finely PDF pages are drawn."),
        .optional(
            "blank_pages", \.blankPages, .choice, of: blankReading,
            "`skip` leaves pages out on which nothing is printed; the report of the record lists them."),
        .optional(
            "ended_by_budget", \.endedByBudget, .choice, of: blankReading,
            "What to do with a record that `max_tokens` ended: it is valid, but may lack values."),
    ]
}

extension SubfolderConfiguration {
    fileprivate var depth: Int { path.split(separator: "/").count }
}
