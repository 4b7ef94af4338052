/// A picture of 8-bit RGB or RGBA pixels, alpha not premultiplied.
public struct Raster: Sendable, Equatable {
    public let width: Int
    public let height: Int
    public let hasAlpha: Bool
    /// (height, width, channels), rows without padding.
    public let pixels: [UInt8]

    /// 3 or 4.
    public var channels: Int { hasAlpha ? 4 : 3 }

    /// - Precondition: the sides are positive and `pixels` has height * width * channels bytes.
    public init(width: Int, height: Int, hasAlpha: Bool, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "a raster has at least one pixel")
        precondition(pixels.count == height * width * (hasAlpha ? 4 : 3), "the pixels do not fit the size")
        self.width = width
        self.height = height
        self.hasAlpha = hasAlpha
        self.pixels = pixels
    }

    /// One pixel; alpha is 255 where the raster has none.
    public subscript(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8) {
        precondition(x >= 0 && x < width && y >= 0 && y < height, "the pixel lies outside the raster")
        let start = (y * width + x) * channels
        return (pixels[start], pixels[start + 1], pixels[start + 2], hasAlpha ? pixels[start + 3] : 255)
    }

    /// The picture on white paper, without alpha; itself where it has none.
    ///
    /// Each sample is alpha * sample + (255 - alpha) * 255, divided by 255 and rounded to nearest: what Pillow's
    /// `paste` with a mask gives.
    public func compositedOnWhite() -> Raster {
        guard hasAlpha else { return self }
        let count = width * height
        let opaque = [UInt8](unsafeUninitializedCapacity: 3 * count) { target, initialized in
            pixels.withUnsafeBufferPointer { source in
                for pixel in 0..<count {
                    let alpha = UInt32(source[4 * pixel + 3])
                    for channel in 0..<3 {
                        let sum = UInt32(source[4 * pixel + channel]) * alpha + 255 * (255 - alpha) + 128
                        target.initializeElement(at: 3 * pixel + channel, to: UInt8((sum + sum >> 8) >> 8))
                    }
                }
            }
            initialized = 3 * count
        }
        return Raster(width: width, height: height, hasAlpha: false, pixels: opaque)
    }
}
