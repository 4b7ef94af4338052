/// A width and a height in pixels.
public struct PixelSize: Sendable, Equatable, Hashable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The size in pixels of a page of `pointsWide` x `pointsHigh` points (1/72 inch) at `resolution` dots per inch,
    /// each side rounded to the nearest pixel and at least 1. Nil where a side is no positive number that fits.
    public init?(pointsWide: Double, pointsHigh: Double, resolution: Double) {
        guard let width = Self.pixels(pointsWide, resolution), let height = Self.pixels(pointsHigh, resolution) else {
            return nil
        }
        self.init(width: width, height: height)
    }

    private static func pixels(_ points: Double, _ resolution: Double) -> Int? {
        let pixels = points * resolution / 72
        guard points > 0, resolution > 0, pixels.isFinite, pixels <= Double(Int32.max) else { return nil }
        return max(1, Int(pixels.rounded()))
    }
}
