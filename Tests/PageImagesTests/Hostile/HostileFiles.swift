import Foundation
import PageImages
import TestPages
import TestSupport

/// The files that `make_hostile.py` writes, and how they are read.
struct HostileFiles {
    /// Outcomes that are right, by the name of the file.
    let expected: [String: Set<String>]
    private let folder: TemporaryFolder

    /// What the manifest supposes.
    static let limits = PageLimits(
        maximumPixels: 30_000_000, maximumDocumentPixels: 200_000_000, maximumPages: 2_000, maximumSecondsPerPage: 3)

    static let memoryMegabytes = 512

    /// Writes them into a folder that lives as long as this value.
    init() throws {
        folder = try TemporaryFolder()
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/make_hostile.py"
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3", script, folder.path]
        python.standardOutput = FileHandle.nullDevice
        try python.run()
        python.waitUntilExit()
        guard python.terminationStatus == 0 else {
            throw Unwritten(description: "make_hostile.py ended with \(python.terminationStatus): is there a python3?")
        }
        let manifest = try Data(Repository.bytes(of: folder.path + "/expected.json"))
        expected = try JSONDecoder().decode([String: Set<String>].self, from: manifest)
    }

    func path(_ name: String) -> String { folder.path + "/" + name }

    /// A reader of its own, with little memory.
    static func reader() -> PageReader {
        var configuration = TestPages.configuration
        configuration.memoryMegabytes = memoryMegabytes
        return PageReader(configuration)
    }

    private struct Unwritten: Error, CustomStringConvertible {
        let description: String
    }
}

extension PageReader {
    /// Draws the first three pages of a file as a model would see them, and reads their text.
    ///
    /// - Returns: `pages`, or the code of the error, and the error's words.
    func outcome(of path: String, limits: PageLimits) -> (code: String, words: String) {
        do throws(DocumentError) {
            let document = try open(DocumentFile(path: path, limits: limits))
            for page in 1...min(3, document.pageCount) {
                _ = try document.render(page: page, resolution: 72) { $0.shrunk(toFit: 1540) }
                _ = try document.content(page: page)
            }
            return ("pages", "\(document.pageCount) pages")
        } catch {
            return (error.kind.code, error.description)
        }
    }
}

extension PixelSize {
    /// The size with sides of at most `longest` pixels, in the same proportions as far as a pixel goes.
    func shrunk(toFit longest: Int) -> PixelSize {
        let scale = min(1, Double(longest) / Double(max(width, height)))
        return PixelSize(
            width: max(1, Int(Double(width) * scale)), height: max(1, Int(Double(height) * scale)))
    }
}

extension DocumentError.Kind {
    /// The name in lower case with dashes.
    var code: String {
        let name = "\(self)".prefix { $0 != "(" }
        return name.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
    }
}
