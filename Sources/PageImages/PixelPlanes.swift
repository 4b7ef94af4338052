/// A picture as float32 planes, red, green and blue, on the scale 0...255.
public struct PixelPlanes: Sendable {
    public let width: Int
    public let height: Int
    /// (3, height, width)
    public var values: [Float]
}
