import PageImages

/// A page of RGB pixels that a test draws: A4 at 150 dots per inch unless it says otherwise.
struct DrawnPage {
    let size: PixelSize
    private(set) var pixels: [UInt8]

    init(_ size: PixelSize = PixelSize(width: 1240, height: 1754), paper: [UInt8] = [255, 255, 255]) {
        self.size = size
        pixels = (0..<(size.width * size.height)).flatMap { _ in paper }
    }

    /// Pixels of so many millimetres of A4.
    func pixels(_ millimetres: Double) -> Int {
        Int((millimetres * Double(min(size.width, size.height)) / 210).rounded())
    }

    var isBlank: Bool { Raster(width: size.width, height: size.height, hasAlpha: false, pixels: pixels).isBlank }

    mutating func change(_ x: Int, _ y: Int, _ change: (UInt8) -> Int) {
        guard (0..<size.width).contains(x), (0..<size.height).contains(y) else { return }
        for place in (3 * (y * size.width + x))..<(3 * (y * size.width + x) + 3) {
            pixels[place] = UInt8(min(255, max(0, change(pixels[place]))))
        }
    }

    /// A box with its upper left corner at (x, y), in millimetres.
    mutating func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, level: Int = 20) {
        for row in pixels(y)..<max(pixels(y) + 1, pixels(y + height)) {
            for column in pixels(x)..<max(pixels(x) + 1, pixels(x + width)) { change(column, row) { _ in level } }
        }
    }

    /// A disc around (x, y), in millimetres.
    mutating func disc(_ x: Double, _ y: Double, diameter: Double, level: Int = 20) {
        let (middleX, middleY, radius) = (pixels(x), pixels(y), pixels(diameter / 2))
        for row in -radius...radius {
            for column in -radius...radius where row * row + column * column <= radius * radius {
                change(middleX + column, middleY + row) { _ in level }
            }
        }
    }

    /// A digit as a seven-segment display shows it, `height` millimetres high and a sixth of it thick.
    mutating func digit(_ x: Double, _ y: Double, height: Double, level: Int = 20) {
        let stroke = height / 8
        box(x, y, height / 2, stroke, level: level)
        box(x + height / 2 - stroke, y, stroke, height, level: level)
    }

    /// Noise of about the given standard deviation, the same at every run, and light that falls off across the page.
    mutating func scan(noise: Double, fallOff: Double = 0) {
        var state: UInt64 = 88_172_645_463_325_252
        for y in 0..<size.height {
            for x in 0..<size.width {
                var sum = 0.0
                for _ in 0..<4 {
                    state ^= state << 13
                    state ^= state >> 7
                    state ^= state << 17
                    sum += Double(state >> 40) / Double(1 << 24) - 0.5
                }
                // Four uniform numbers have a standard deviation of 0.577.
                let shift = sum / 0.577 * noise - fallOff * Double(x) / Double(size.width)
                change(x, y) { Int((Double($0) + shift).rounded()) }
            }
        }
    }
}
