/// Cuts long receipts and wide plans into overlapping tiles, each of which the model is shown as an image of its own.
///
/// Only a page is cut that the model would shrink, and whose long side is more than three times its short side: then
/// shrinking would leave little of its print. It is cut across its long side into equal tiles. A tile is as long as the
/// model takes it unshrunk; where the short side alone is longer than that, the tiles are at most square, so that they
/// are shrunk no more than the short side asks for. Neighbours overlap by a tenth of the longest tile at least: what is
/// no longer than that, such as a line of text, is whole in one of them.
///
/// A page has at most 32 tiles. One that would need more gets 32 longer ones, which the model shrinks.
public struct PageTiling: Sendable, Equatable {
    /// Long side by short side, beyond which a page is cut.
    public static let greatestAspect = 3
    public static let mostTiles = 32

    /// The longest side of an image that the model does not shrink, in pixels.
    public let longestSide: Int
    /// Pixels a side behind one image token.
    public let tokenSize: Int

    /// - Precondition: both are positive.
    public init(longestSide: Int, tokenSize: Int) {
        precondition(longestSide > 0 && tokenSize > 0, "an image has at least one token")
        self.longestSide = longestSide
        self.tokenSize = tokenSize
    }

    /// The tiles of a page in reading order, in pixels of the upright page; all of the page where it is not cut.
    ///
    /// - Precondition: both sides are positive.
    public func tiles(of page: PixelSize) -> [PixelRect] {
        let (short, long) = (min(page.width, page.height), max(page.width, page.height))
        precondition(short > 0, "a page has at least one pixel")
        guard long > longestSide, long > Self.greatestAspect * short else {
            return [PixelRect(page)]
        }
        let (count, length) = division(long: long, short: short)
        return (0..<count).map { index in
            let start = index * (long - length) / (count - 1)
            return page.width < page.height
                ? PixelRect(x: 0, y: start, width: page.width, height: length)
                : PixelRect(x: start, y: 0, width: length, height: page.height)
        }
    }

    /// Number and length of the tiles: two or more, for the long side is longer than the longest tile.
    private func division(long: Int, short: Int) -> (count: Int, length: Int) {
        let longest = max(short, longestSide)
        let overlap = longest / 10
        let count = Self.quotient(long - overlap, longest - overlap)
        guard count <= Self.mostTiles else {
            // Tiles and overlaps of a tenth of a tile: (count - (count - 1) / 10) tiles cover the page.
            return (Self.mostTiles, 10 * Self.quotient(long, 9 * Self.mostTiles + 1))
        }
        let length = Self.quotient(long + (count - 1) * overlap, count)
        // Whole tokens, so that tiles of a picture are not stretched.
        return (count, min(longest, Self.quotient(length, tokenSize) * tokenSize))
    }

    /// a / b, rounded up.
    private static func quotient(_ a: Int, _ b: Int) -> Int {
        a / b + (a % b > 0 ? 1 : 0)
    }
}
