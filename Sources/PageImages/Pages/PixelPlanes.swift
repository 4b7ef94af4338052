/// A picture as float32 planes, red, green and blue, on the scale 0...255.
public struct PixelPlanes: Sendable {
    public let width: Int
    public let height: Int
    /// (3, height, width)
    public var values: [Float]

    /// The picture in 8 bits a sample, each rounded to the nearest.
    public var raster: Raster {
        let count = width * height
        let pixels = [UInt8](unsafeUninitializedCapacity: 3 * count) { target, initialized in
            for pixel in 0..<count {
                for channel in 0..<3 {
                    let sample = UInt8(min(max(values[channel * count + pixel], 0), 255).rounded())
                    target.initializeElement(at: 3 * pixel + channel, to: sample)
                }
            }
            initialized = 3 * count
        }
        return Raster(width: width, height: height, hasAlpha: false, pixels: pixels)
    }
}
