extension ByteWriter {
    mutating func write(_ facts: PageFacts) {
        write(facts.pointsWide)
        write(facts.pointsHigh)
        write(UInt8(facts.rotation / 90 & 3))
        write(facts.isMirrored)
        write(facts.pixels != nil)
        if let pixels = facts.pixels {
            write(UInt64(pixels.width))
            write(UInt64(pixels.height))
        }
        write(facts.resolution ?? 0)
    }
}

extension ByteReader {
    mutating func readFacts() -> PageFacts? {
        guard let pointsWide = readDouble(), let pointsHigh = readDouble(), let quarters: UInt8 = read(), quarters <= 3,
            let isMirrored = readBool(), let hasPixels = readBool()
        else { return nil }
        var pixels: PixelSize?
        if hasPixels {
            pixels = readSize()
            guard let pixels, pixels.width > 0, pixels.height > 0 else { return nil }
        }
        guard let resolution = readDouble(), resolution >= 0 else { return nil }
        return PageFacts(
            pointsWide: pointsWide, pointsHigh: pointsHigh, rotation: 90 * Int(quarters), isMirrored: isMirrored,
            pixels: pixels, resolution: resolution > 0 ? resolution : nil)
    }
}
