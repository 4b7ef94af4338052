import Extraction
import PageImages

/// The pages of a document as people read them.
struct PagesTable {
    private let name: String
    private let kind: DocumentKind
    private let pageCount: Int
    private let style: TerminalStyle

    /// Pages that could be read, and a row of the table for each image of them.
    private var shown = 0
    private var rows: [(isBlank: Bool, cells: [String])] = []
    private var tokenCount = 0
    private var complaints: [String] = []

    init(_ document: Document, style: TerminalStyle) {
        (name, kind, pageCount) = (document.name, document.kind, document.pageCount)
        self.style = style
    }

    mutating func add(_ report: PageReport) {
        shown += 1
        for image in report.images {
            tokenCount += image.grid.promptTokenCount
            let place = image.tileCount == 1 ? "" : "\(image.tile)/\(image.tileCount)"
            var cells = [
                "", place, "", "\(image.size.width) x \(image.size.height)", "\(image.grid.promptTokenCount)", "", "",
                "", "", "",
            ]
            if image.tile == 1 {
                let facts = report.facts
                cells[0] = "\(report.page)"
                cells[2] = "\(Self.short(facts.pointsWide)) x \(Self.short(facts.pointsHigh))"
                cells[5] = facts.isMirrored ? "\(facts.rotation)°, mirrored" : "\(facts.rotation)°"
                cells[6] = report.origin
                cells[7] = report.dotsPerInch.map(Self.short) ?? ""
                cells[8] = "\(report.words.count)"
                cells[9] = report.isBlank ? "yes" : ""
            }
            rows.append((report.isBlank, cells))
        }
        complaints += report.complaints.map { "page \(report.page): \($0)" }
    }

    /// Whether no page could be read.
    var isEmpty: Bool { rows.isEmpty }

    var text: String {
        let pages = pageCount == 1 ? "1 page" : "\(pageCount) pages"
        let images = rows.count == 1 ? "1 image" : "\(rows.count) images"
        var summary = "\(style.bold(name.onOneLine)): \(kind.rawValue), \(pages)"
        if shown < pageCount { summary += ", \(shown) shown" }
        var lines = ["\(summary), \(images), \(tokenCount) tokens"]
        lines.append("")
        let header = ["page", "tile", "points", "pixels", "tokens", "turned", "origin", "dpi", "words", "blank"]
        // Of most documents there are no tiles and no blank pages to tell of.
        let columns = header.indices.filter { column in
            !["tile", "blank"].contains(header[column]) || rows.contains { !$0.cells[column].isEmpty }
        }
        let table = TextTable(
            header: columns.map { header[$0] }, rows: rows.map { row in columns.map { row.cells[$0] } },
            rightAligned: Set(
                columns.indices.filter { ["page", "tokens", "dpi", "words"].contains(header[columns[$0]]) }))
        lines.append(style.bold(table.lines[0]))
        for (row, line) in zip(rows, table.lines.dropFirst()) { lines.append(row.isBlank ? style.dim(line) : line) }
        if !complaints.isEmpty { lines.append("") }
        for complaint in complaints { lines.append(style.yellow(complaint.onOneLine)) }
        return lines.joined(separator: "\n")
    }

    /// To a tenth, without it where it is nought.
    private static func short(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        return Int(exactly: tenths).map(String.init) ?? "\(tenths)"
    }
}
