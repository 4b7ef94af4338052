import ArgumentParser
import Extraction
import PageImages

/// `gleaner pages`: documents as a model sees them.
struct PagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages",
        abstract: "Show the pages of documents as a model sees them.",
        discussion: """
            Each page is drawn at the size that the model wants, in whole tokens; long receipts and wide plans are cut into \
            overlapping tiles. With --out every image becomes a PNG, NAME-p001.png, or NAME-p001-t2.png for a tile. A table says \
            of each page what is known of it; docs/pages.md explains how pages are read. Of the model only its config.json is \
            needed. A page that cannot be read does not stop the others; the exit code is that of the first failure \
            (docs/exit-codes.md).

            EXAMPLES
              gleaner pages scans/*.tif
              gleaner pages contract.pdf --out pages --pages 1-3
              gleaner pages contract.pdf --json --words | jq '.words[].text'
            """)

    @Argument(help: "PDF, PNG, JPEG or TIFF files.", completion: .file())
    var files: [String]

    @Option(
        help: ArgumentHelp("Write the images into this folder; it is made where there is none.", valueName: "dir"),
        completion: .directory)
    var out: String?

    @Option(help: ArgumentHelp("Pages to show, such as 1-3,7 or 2-.", valueName: "pages"))
    var pages: PageSelection = .all

    @OptionGroup var opening: DocumentOptions

    @Option(help: ArgumentHelp("Dots per inch at which PDF pages are drawn.", valueName: "dpi"))
    var resolution: Double = ExtractionOptions.defaultResolution

    @Option(
        help: ArgumentHelp(
            "The model's folder, or the name of an installed model (default: gleaner-mini).", valueName: "dir"),
        completion: .directory)
    var model: String?

    @Flag(help: "Print one JSON object for each page.")
    var json = false

    @Flag(help: "Add the words of the text layer with their boxes, in points from the upper left; with --json.")
    var words = false

    func validate() throws {
        guard (10...1200).contains(resolution) else {
            throw ValidationError("--resolution must be between 10 and 1200.")
        }
        guard json || !words else { throw ValidationError("--words adds to --json: give both.") }
    }

    func run() throws {
        var failures = FailureLog()
        do {
            let folder = try ModelFolder.named(model)
            let view = try PageView(model: folder, resolution: resolution)
            let passwords = try opening.allPasswords()
            let images = try out.map { out throws(FileFailure) in try ImageFolder(out, documents: files) }
            let reader = try opening.makeReader()
            let sink = try OutputSink(output: nil)
            var isFirst = true
            for file in files {
                do {
                    let document = try Self.open(file, reader, passwords)
                    let table = try show(document, path: file, view, images, sink, &failures)
                    if json || table.isEmpty { continue }
                    try sink.write(Array(((isFirst ? "" : "\n") + table.text + "\n").utf8))
                    isFirst = false
                } catch let error as ExtractionError {
                    failures.report(error)
                }
            }
        } catch let error as ExtractionError {
            failures.report(error)
        } catch let error as FileFailure {
            failures.report(error.message, error.code)
        }
        if let code = failures.exitCode { throw code }
    }

    private static func open(
        _ path: String, _ reader: PageReader, _ passwords: [String]
    ) throws(ExtractionError) -> Document {
        do {
            return try reader.open(DocumentFile(path: path), passwords: passwords)
        } catch {
            throw .document(error)
        }
    }

    /// Writes the images of a document, and prints what is known of its pages or returns a table of it.
    private func show(
        _ document: Document, path: String, _ view: PageView, _ folder: ImageFolder?, _ sink: OutputSink,
        _ failures: inout FailureLog
    ) throws -> PagesTable {
        var table = PagesTable(document, style: .standardOutput)
        for page in try pages.pages(of: document.name, pageCount: document.pageCount) {
            do {
                let report = try PageReport(page, of: document, view)
                for image in report.images {
                    try folder?.write(image, of: document, path: path, view)
                }
                if json {
                    let value = report.value(of: document, withWords: words) { folder?.file(of: $0, path: path) }
                    try sink.write(value.serialized() + Array("\n".utf8))
                } else {
                    table.add(report)
                }
            } catch let error as DocumentError {
                failures.report(.document(error))
            }
        }
        return table
    }
}
