/// A page as a coarse grid of mean colours.
struct PageCells {
    /// About how many cells the shorter side of a page has, if it has so many pixels: 375 to 840.
    static let shortSide = 560
    /// Most cells of a page, however long it is.
    static let mostCells = 2_000_000

    let width: Int
    let height: Int
    /// (height, width, 3)
    private(set) var means: [UInt8]

    /// - Precondition: both sides are positive and `pixels` has three bytes for each pixel.
    init(_ pixels: UnsafeRawBufferPointer, size: PixelSize) {
        let byShortSide = (min(size.width, size.height) + Self.shortSide / 2) / Self.shortSide
        let byCount = Double(size.width) * Double(size.height) / Double(Self.mostCells)
        let side = max(1, byShortSide, Int(byCount.squareRoot().rounded(.up)))
        // The rest of a side that is no multiple of the cell is left out: less than half a millimetre.
        width = max(1, size.width / side)
        height = max(1, size.height / side)
        means = [UInt8](repeating: 0, count: 3 * width * height)
        if side == 1 {
            means.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: pixels[..<$0.count])) }
        } else {
            average(pixels, size: size, side: side)
        }
    }

    private mutating func average(_ pixels: UnsafeRawBufferPointer, size: PixelSize, side: Int) {
        var sums = [UInt32](repeating: 0, count: 3 * width)
        let (across, down) = (min(side, size.width), min(side, size.height))
        let count = UInt32(across * down)
        for row in 0..<height {
            for index in sums.indices { sums[index] = 0 }
            for y in (row * side)..<(row * side + down) {
                var place = 3 * y * size.width
                for column in 0..<width {
                    var (red, green, blue): (UInt32, UInt32, UInt32) = (0, 0, 0)
                    for _ in 0..<across {
                        red += UInt32(pixels[place])
                        green += UInt32(pixels[place + 1])
                        blue += UInt32(pixels[place + 2])
                        place += 3
                    }
                    sums[3 * column] += red
                    sums[3 * column + 1] += green
                    sums[3 * column + 2] += blue
                }
            }
            for index in sums.indices {
                means[3 * row * width + index] = UInt8(truncatingIfNeeded: (sums[index] + count / 2) / count)
            }
        }
    }
}
