import Foundation
import JSONSchema
import TestSupport
import Testing

@Suite("gleaner pages")
struct PagesCommandTests {
    private let folder: TemporaryFolder
    private let model: ReferenceModelFolder

    init() throws {
        folder = try TemporaryFolder()
        model = try ReferenceModelFolder()
    }

    private func pages(_ arguments: String...) async throws -> GleanerCommand {
        try await GleanerCommand.run(["pages"] + arguments, model: model.path)
    }

    private func reports(_ command: GleanerCommand) throws -> [JSONValue] {
        try command.outputLines.map { try JSONValue(parsing: Array($0.utf8)) }
    }

    /// Width and height that a PNG's header tells.
    private func size(ofPNG path: String) throws -> [Int] {
        let bytes = try Repository.bytes(of: path)
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        return [16, 20].map { place in bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) } }
    }

    @Test("a row for each page: size, tokens, rotation, words")
    func table() async throws {
        let command = try await pages(fixture("two-pages.pdf"))
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.errors.isEmpty)
        #expect(command.outputLines.first?.contains("PDF, 2 pages, 2 images") == true)
        try #require(command.outputLines.count == 4)
        #expect(command.outputLines[2].contains("144 x 216"))
        // A page of 100 x 200 points that is turned by a quarter.
        #expect(command.outputLines[3].contains("200 x 100"))
        #expect(command.outputLines[3].contains("90°"))
        #expect(!command.output.contains("\u{1B}"), "no colours but on a terminal")
    }

    @Test("--out writes each page as the model sees it, in whole tokens")
    func images() async throws {
        let out = folder.path + "/a/b"
        let command = try await pages(fixture("two-pages.pdf"), fixture("rgb8.png"), "--out", out, "--json")
        #expect(command.code == 0, "\(command.errors)")
        let names = ["rgb8-p001.png", "two-pages-p001.png", "two-pages-p002.png"]
        #expect(try FileManager.default.contentsOfDirectory(atPath: out).sorted() == names)
        for report in try reports(command) {
            let image = try #require(report["images"]?.arrayValue?.first)
            let size = try size(ofPNG: try #require(image["file"]?.stringValue))
            #expect(image["size"] == .array(size.map { .number(JSONNumber($0)) }))
            #expect(size.allSatisfy { $0 % 28 == 0 && $0 <= 280 })
            #expect(image["tokens"]?.intValue == (size[0] / 28 + 1) * size[1] / 28)
        }
    }

    @Test("a long page becomes tiles that keep their place on it")
    func tiles() async throws {
        let document = try folder.write("roll.pdf", SmallDocuments.pdf(1, pageCount: 1, height: 1200))
        let command = try await pages(document, "--out", folder.path, "--json")
        let report = try #require(try reports(command).first)
        let images = try #require(report["images"]?.arrayValue)
        #expect(images.count == 6)
        #expect(images.last?["region"] == [0, 1952, 480, 448])
        #expect(images.last?["page_size"] == [480, 2400])
        #expect(folder.contents.filter { $0.hasSuffix(".png") } == (1...6).map { "roll-p001-t\($0).png" })
        let table = try await pages(document)
        #expect(table.outputLines.count == 8)
        #expect(table.outputLines.last?.contains("6/6") == true)
    }

    @Test("--json --words gives the text layer with boxes")
    func words() async throws {
        let document = try folder.write("text.pdf", SmallDocuments.pdf(7, pageCount: 2, blank: [2]))
        let reports = try reports(try await pages(document, "--json", "--words"))
        try #require(reports.count == 2)
        let words = try #require(reports[0]["words"]?.arrayValue)
        #expect(words.map { $0["text"]?.stringValue } == ["document", "7", "page", "1"])
        let box = try #require(words.first?["box"]?.arrayValue).compactMap(\.doubleValue)
        try #require(box.count == 4)
        // 18-point text from 20 points, on a line that stands 60 points above the bottom of 120.
        #expect(abs(box[0] - 20) < 2 && box[1] > 40 && box[1] + box[3] < 70)
        #expect(reports[0]["word_count"]?.intValue == 4)
        #expect(reports[0]["origin"]?.stringValue == "digital")
        #expect(reports[0]["blank"] == false)
        #expect(reports[1]["blank"] == true)
        #expect(reports[1]["words"] == [])
    }

    @Test("an encrypted PDF is shown with its password, from the command line or a file")
    func passwords() async throws {
        let refused = try await pages(fixture("encrypted.pdf"))
        #expect(refused.code == 83)
        #expect(refused.errorLines.count == 1)
        #expect(try await pages(fixture("encrypted.pdf"), "--password", "wrong", "--password", "reader").code == 0)
        let file = try folder.write("passwords", Array("wrong\r\nreader\r\n".utf8))
        #expect(try await pages(fixture("encrypted.pdf"), "--passwords", file).code == 0)
        #expect(try await pages(fixture("encrypted.pdf"), "--passwords", folder.path + "/absent").code == 66)
    }

    @Test("a bad document or page does not stop the others; the code is that of the first failure")
    func failures() async throws {
        let command = try await pages(fixture("missing-page.pdf"), fixture("empty.pdf"), fixture("rgb8.png"), "--json")
        #expect(command.code == 65)
        #expect(command.errorLines.count == 2)
        #expect(command.errorLines.first?.contains("page 2") == true)
        #expect(try reports(command).map { $0["kind"]?.stringValue } == ["PDF", "PNG"])
        #expect(try await pages(fixture("two-pages.pdf"), "--pages", "3").code == 85)
    }

    @Test("images of two documents never overwrite each other")
    func names() async throws {
        let out = folder.path + "/out"
        try FileManager.default.createDirectory(atPath: folder.path + "/other", withIntermediateDirectories: false)
        let png = try folder.write("a.png", SmallDocuments.png(1))
        let pdf = try folder.write("a.pdf", SmallDocuments.pdf(1, pageCount: 1))
        let other = try folder.write("other/a.png", SmallDocuments.png(2))
        #expect(try await pages(png, pdf, "--out", out).code == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: out).sorted() == ["a.pdf-p001.png", "a.png-p001.png"])
        let clash = try await pages(png, other, "--out", out)
        #expect(clash.code == 64)
        #expect(clash.errors.contains("other/a.png"))
        #expect(try await pages(png, "--out", "/dev/null/x").code == 73)
    }

    @Test("of the model only config.json is needed")
    func configurationAlone() async throws {
        try FileManager.default.removeItem(atPath: model.path + "/model.safetensors")
        try FileManager.default.removeItem(atPath: model.path + "/tekken.json")
        #expect(try await pages(fixture("rgb8.png")).code == 0)
    }

    @Test("wrong usage is refused, and help has examples")
    func usage() async throws {
        #expect(try await pages(fixture("rgb8.png"), "--words").code == 64)
        #expect(try await pages(fixture("rgb8.png"), "--resolution", "5").code == 64)
        let help = try await pages("--help")
        #expect(help.code == 0)
        #expect(help.output.contains("EXAMPLES"))
    }
}
