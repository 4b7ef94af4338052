/// Tells pages on which nothing is printed, written or stamped.
///
/// The page is looked at in cells of about 0.4 mm (if it is A4), so that noise averages out. Ink is what differs from
/// the paper around it, be it grey, coloured or unevenly lit, by 6% of full contrast and by five times the noise. Of
/// the ink these are passed over:
///
/// - specks: less than 0.7% of the page's shorter side (1.5 mm of A4) in both directions, and with nothing near them;
/// - scanner edges: a band that is dark from the border inwards, without gaps, for at most 5% of the page;
/// - punch holes: two or more dark discs of a hole's size, in line along a border and close to it.
///
/// A page is blank when no other ink is left. In doubt it is not: a page number, one line of small text and a pale
/// stamp are print, and so are a hair on the glass and print that shows through from the other side, once it has 6% of
/// contrast. Nor is a page blank that is dark, or whose paper changes by more than light and shadow explain: something
/// went wrong with it, or it is painted all over.
public enum BlankPage {
    /// Whether nothing is on a page.
    ///
    /// - Parameters:
    ///   - pixels: (size.height, size.width, 3), RGB on white. At 60 dots per inch or more all of the above holds; at
    ///     less, small print may be missed.
    static func isBlank(_ pixels: UnsafeRawBufferPointer, size: PixelSize) -> Bool {
        guard size.width > 0, size.height > 0, pixels.count >= 3 * size.width * size.height else { return false }
        let cells = PageCells(pixels, size: size)
        let paper = PaperColour(of: cells)
        guard paper.isPlausible else { return false }
        var ink = InkMap(cells, on: paper)
        guard ink.count > 0 else { return true }
        // Too small for specks and edges to be told from print.
        guard min(cells.width, cells.height) >= 64 else { return false }
        ink.removeScannerEdges()
        ink.removePunchHoles()
        return !ink.hasPrint
    }

    /// The size at which to draw a page for `isBlank`: large enough for small print, and small enough to take little
    /// time.
    public static func drawingSize(pointsWide: Double, pointsHigh: Double) -> PixelSize? {
        let short = min(pointsWide, pointsHigh)
        let long = max(pointsWide, pointsHigh)
        guard short > 0, long.isFinite else { return nil }
        let scale = min(Double(PageCells.shortSide) / short, (Double(PageCells.mostCells) / short / long).squareRoot())
        return PixelSize(pointsWide: pointsWide, pointsHigh: pointsHigh, resolution: 72 * scale)
    }
}

extension Raster {
    /// Whether nothing is printed on the page that this is a picture of; `BlankPage` has the rule.
    public var isBlank: Bool {
        let opaque = compositedOnWhite()
        return opaque.pixels.withUnsafeBytes {
            BlankPage.isBlank($0, size: PixelSize(width: opaque.width, height: opaque.height))
        }
    }
}
