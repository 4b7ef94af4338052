import PageImages
import Testing

@Suite("Blank pages")
struct BlankPageTests {
    private static let greyPaper: [UInt8] = [214, 210, 196]

    @Test("white paper, coloured paper, and a grey, noisy, unevenly lit scan of nothing are blank")
    func blank() {
        #expect(DrawnPage().isBlank)
        #expect(DrawnPage(paper: [255, 240, 120]).isBlank)
        #expect(DrawnPage(PixelSize(width: 9, height: 7)).isBlank)
        var scan = DrawnPage(paper: Self.greyPaper)
        scan.scan(noise: 12, fallOff: 60)
        #expect(scan.isBlank)
    }

    @Test("dust, scanner edges and punch holes are not print")
    func marksOfTheMachine() {
        var page = DrawnPage(paper: Self.greyPaper)
        for (x, y) in [(40.0, 50.0), (120, 200), (180, 31), (90, 260)] { page.box(x, y, 0.5, 0.5) }
        page.box(0, 0, 5, 297)
        page.box(0, 293, 210, 4, level: 60)
        page.disc(18, 108.5, diameter: 6)
        page.disc(18, 188.5, diameter: 6)
        page.scan(noise: 6)
        #expect(page.isBlank)
    }

    @Test("a skewed dark edge is not print")
    func skewedEdge() {
        var page = DrawnPage(paper: Self.greyPaper)
        for y in 0..<page.size.height {
            for x in 0..<(y * page.pixels(7) / page.size.height) { page.change(x, y) { _ in 30 } }
        }
        #expect(page.isBlank)
    }

    @Test("a page number alone is print", arguments: [6.0, 8, 10])
    func pageNumber(points: Double) {
        var page = DrawnPage(paper: Self.greyPaper)
        page.digit(104, 285, height: points * 0.7 * 25.4 / 72)
        page.scan(noise: 4)
        #expect(!page.isBlank)
    }

    @Test("a pale stamp, a pencil line and a highlighted word are print")
    func palePrint() {
        var stamp = DrawnPage(paper: Self.greyPaper)
        for digit in 0..<8 { stamp.digit(100 + 7 * Double(digit), 150, height: 10, level: 185) }
        stamp.scan(noise: 4)
        #expect(!stamp.isBlank)
        var pencil = DrawnPage()
        pencil.box(60, 100, 50, 0.4, level: 170)
        #expect(!pencil.isBlank)
        var highlight = DrawnPage()
        for y in 900..<920 {
            for x in 400..<500 { highlight.change(x, y) { $0 == 255 && y % 3 == 0 ? 200 : Int($0) } }
        }
        #expect(!highlight.isBlank)
    }

    @Test("a word that the border cuts, and one disc that is no hole, are print")
    func atTheBorder() {
        var cut = DrawnPage()
        for digit in 0..<6 { cut.digit(50 + 3 * Double(digit), 295, height: 4) }
        #expect(!cut.isBlank)
        var seal = DrawnPage()
        seal.disc(18, 108.5, diameter: 6)
        #expect(!seal.isBlank)
        var bullets = DrawnPage()
        bullets.disc(60, 108.5, diameter: 6)
        bullets.disc(60, 188.5, diameter: 6)
        #expect(!bullets.isBlank)
    }

    @Test("white text on a dark bar along the border is print")
    func letterhead() {
        var page = DrawnPage()
        page.box(0, 0, 210, 10)
        for digit in 0..<6 { page.digit(50 + 3 * Double(digit), 3, height: 4, level: 255) }
        #expect(!page.isBlank)
    }

    @Test("a black page is not blank, nor one that is painted over, nor a picture of few pixels with something on it")
    func darkAndTiny() {
        #expect(!DrawnPage(paper: [10, 10, 10]).isBlank)
        var painted = DrawnPage()
        painted.scan(noise: 0, fallOff: 200)
        #expect(!painted.isBlank)
        var tiny = DrawnPage(PixelSize(width: 8, height: 8))
        tiny.change(3, 3) { _ in 200 }
        #expect(!tiny.isBlank)
    }

    @Test("it holds at the size that pages are drawn at for it, and at 600 dots per inch")
    func resolutions() throws {
        let small = try #require(BlankPage.drawingSize(pointsWide: 595, pointsHigh: 842))
        #expect(min(small.width, small.height) == 560)
        for size in [small, PixelSize(width: 4960, height: 7016)] {
            var page = DrawnPage(size, paper: Self.greyPaper)
            #expect(page.isBlank)
            page.digit(104, 285, height: 2.5)
            #expect(!page.isBlank)
        }
    }

    @Test("a receipt of two metres is judged by its width")
    func longReceipt() throws {
        let size = try #require(BlankPage.drawingSize(pointsWide: 226, pointsHigh: 5669))
        #expect(size.width * size.height <= 2_100_000)
        var page = DrawnPage(size)
        #expect(page.isBlank)
        page.digit(20, 900, height: 8)
        #expect(!page.isBlank)
    }

    @Test("a page without area has no drawing size")
    func noArea() {
        #expect(BlankPage.drawingSize(pointsWide: 0, pointsHigh: 10) == nil)
        #expect(BlankPage.drawingSize(pointsWide: 10, pointsHigh: .infinity) == nil)
        #expect(BlankPage.drawingSize(pointsWide: .nan, pointsHigh: 10) == nil)
    }
}
