/// Columns of text, as wide as what is in them.
struct TextTable {
    let header: [String]
    let rows: [[String]]
    var rightAligned: Set<Int> = []

    var lines: [String] {
        let cells = ([header] + rows).map { $0.map(\.onOneLine) }
        let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            let padded = row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                if rightAligned.contains(column) { return space + text }
                return column == row.count - 1 ? text : text + space
            }
            // Blanks at the end would wrap into empty lines.
            let line = padded.joined(separator: "  ")
            return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
        }
    }
}
