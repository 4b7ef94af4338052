import Grammar
import PageImages

/// A good schema as people read it.
struct SchemaCheckTable {
    private let name: String
    private let compiled: SchemaCheck.Compiled?
    private let style: TerminalStyle

    /// Places that are named for one keyword, and bytes of a value that are shown.
    private static let mostPlaces = 3
    private static let mostBytes = 2000

    init(_ check: SchemaCheck, style: TerminalStyle) {
        (name, compiled) = (check.name, check.compiled)
        self.style = style
    }

    var text: String {
        guard let compiled else { return "" }
        let report = compiled.report
        let schemas = report.schemaCount == 1 ? "1 schema" : "\(report.schemaCount) schemas"
        let milliseconds = (compiled.microseconds / 10).rounded() / 100
        var lines = [
            "\(style.bold(name.onOneLine)): \(style.green("good")), \(report.dialect.name), \(schemas), "
                + "compiled in \(milliseconds) ms",
            "shortest value, \(compiled.shortest.count) bytes: \(shortest(compiled.shortest))",
        ]
        if let violation = compiled.violation {
            lines.append(style.yellow("which is not valid: \(violation)".onOneLine))
        }
        let rows = rows(report)
        if rows.isEmpty { return lines.joined(separator: "\n") }
        let table = TextTable(
            header: ["held by", "keyword", "times", "where"], rows: rows.map(\.cells), rightAligned: [2])
        lines.append("")
        lines.append(style.bold(table.lines[0]))
        for (row, line) in zip(rows, table.lines.dropFirst()) {
            switch row.holder {
            case .masks, .state: lines.append(line)
            case .validator: lines.append(style.yellow(line))
            case .nothing: lines.append(style.dim(line))
            }
        }
        return lines.joined(separator: "\n")
    }

    private func shortest(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(Self.mostBytes), as: UTF8.self).onOneLine
        return bytes.count > Self.mostBytes ? text + "…" : text
    }

    /// A row for each keyword and what is to be said of it.
    private func rows(_ report: GrammarReport) -> [(holder: GrammarReport.Holder, cells: [String])] {
        var rows: [(holder: GrammarReport.Holder, cells: [String])] = []
        for holder in GrammarReport.Holder.allCases {
            var keywords: [String] = []
            var places: [String: (note: String, keyword: String, pointers: [String])] = [:]
            for entry in report.entries where entry.holder == holder {
                let key = entry.keyword + "\n" + entry.note
                if places[key] == nil { keywords.append(key) }
                let pointer = entry.document + (entry.pointer == .root ? "root" : entry.pointer.description)
                places[key, default: (entry.note, entry.keyword, [])].pointers.append(pointer)
            }
            for key in keywords {
                guard let (note, keyword, pointers) = places[key] else { continue }
                var text = pointers.prefix(Self.mostPlaces).joined(separator: ", ")
                if pointers.count > Self.mostPlaces { text += " and \(pointers.count - Self.mostPlaces) more" }
                if !note.isEmpty { text += ": \(note)" }
                rows.append((holder, [Self.name(holder), keyword, String(pointers.count), text]))
            }
        }
        return rows
    }

    private static func name(_ holder: GrammarReport.Holder) -> String {
        switch holder {
        case .masks: "masks"
        case .state: "state at run time"
        case .validator: "the validator alone"
        case .nothing: "nothing"
        }
    }
}
