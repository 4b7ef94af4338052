/// docs/configuration.md, made of the table of keys.
public enum ConfigurationReference {
    /// Every key with its meaning, its values and its default.
    public static var markdown: String {
        introduction + sections(of: ConfigurationTable.keys.map(\.entry), heading: "## Keys", text: "") + overrides
    }

    private static func sections(
        of entries: [KeyEntry], heading: String, text: String, fallback: String? = nil
    ) -> String {
        var page = "\(heading)\n\(text)\n| key | value | default | meaning |\n|---|---|---|---|\n"
        for entry in entries {
            let kind = entry.form == .value ? entry.kind : "\(entry.kind), [below](#\(entry.name))"
            let usual = fallback ?? entry.fallback.map { $0.isEmpty ? "" : code($0, entry) } ?? "**required**"
            page += "| `\(entry.name)` | \(kind) | \(usual) | \(entry.summary) |\n"
        }
        for entry in entries where !entry.keys.isEmpty {
            page += "\n"
            page += sections(
                of: entry.keys, heading: "### \(entry.name)", text: "\n\(entry.summary)\n",
                fallback: entry.form == .map ? "as in the inbox" : nil)
        }
        return page
    }

    /// Values stand as they are written; descriptions of a default do not.
    private static func code(_ fallback: String, _ entry: KeyEntry) -> String {
        fallback.contains(" ") || ["none", "off"].contains(fallback) ? fallback : "`\(fallback)`"
    }

    private static let introduction = """
        # Configuration

        `gleaner watch`, `drain`, `status`, `retry` and `audit` read one YAML file: the one that `--config` names, else
        `GLEANER_CONFIG`, else `gleaner.yaml` in the working folder, else `/etc/gleaner/gleaner.yaml`. `gleaner config
        check` reads it and tells every problem with its line, and what to do. This is enough:

        ```yaml
        state: /var/lib/gleaner
        inboxes:
          - path: /srv/inbox
            schema: invoice.json
            records: /srv/records
            done: /srv/done
            failed: /srv/failed
        ```

        Relative paths start at the folder of the file. Unknown keys, keys given twice and values out of range are
        refused, and so are folders that lie in one another: inbox, records, done, failed and state stand beside each
        other. Several inboxes may share the folders of records, done and failed.


        """

    private static var overrides: String {
        let variables = ConfigurationOverrides.variables.map { "| `\($0.name)` | `\($0.key)` |\n" }.joined()
        return """

            ## Without editing the file
            `--set key.path=value`, any number of times, replaces any single value; an inbox goes by its name or by its
            number, from 0:

            ```
            gleaner watch --set log.level=debug --set inboxes.invoices.quiet_seconds=1
            ```

            These variables replace what the file says; `--set` replaces both. Relative paths in them start at the
            working folder.

            | variable | key |
            |---|---|

            """ + variables
    }
}
