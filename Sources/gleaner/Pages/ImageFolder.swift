import Extraction
import Foundation
import PageImages

/// The folder that images of pages are written into, each whole or not at all.
struct ImageFolder {
    private let path: String
    /// What the names of each document's images begin with.
    private let names: [String: String]

    /// Makes the folder where there is none.
    ///
    /// - Parameter documents: whose images go into it. Two of one name would overwrite each other's: that is an error.
    init(_ path: String, documents: [String]) throws(FileFailure) {
        self.path = path
        let documents = Set(documents)
        let stems = Dictionary(grouping: documents, by: Self.stem(of:))
        var names: [String: String] = [:]
        var owners: [String: String] = [:]
        for document in documents.sorted() {
            let stem = Self.stem(of: document)
            let name = stems[stem]?.count == 1 ? stem : Self.name(of: document)
            names[document] = name
            guard let other = owners.updateValue(document, forKey: name) else { continue }
            throw FileFailure(
                message: "\(document): its images would have the names of those of \(other); show them one by one",
                code: .usage)
        }
        self.names = names
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FileFailure(message: "\(path): the folder cannot be made; change --out", code: .cannotWrite)
        }
    }

    /// `NAME-p001.png`, or `NAME-p001-t2.png` for a tile; NAME is the document's, without its ending if that is enough to
    /// tell it from the others.
    func file(of image: PageImage, path document: String) -> String {
        let digits = String(image.page)
        let page = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        let tile = image.tileCount == 1 ? "" : "-t\(image.tile)"
        return "\(path)/\(names[document] ?? "document")-p\(page)\(tile).png"
    }

    /// Draws an image and writes it.
    func write(_ image: PageImage, of document: Document, path: String, _ view: PageView) throws {
        let file = file(of: image, path: path)
        guard let png = try view.raster(of: image, in: document).pngBytes() else {
            throw FileFailure(message: "\(file): there is not enough memory to write it", code: .tooLarge)
        }
        let sink = try OutputSink(output: file, option: "--out")
        try sink.write(png)
        try sink.finish()
    }

    private static func name(of document: String) -> String {
        String(document.split(separator: "/").last ?? "document")
    }

    /// The file's name without its ending.
    private static func stem(of document: String) -> String {
        let name = name(of: document)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }
}
