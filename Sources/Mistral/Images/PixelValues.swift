/// Normalised picture, channel-first. values.count == 3 * height * width, layout (3, height, width).
public struct PixelValues: Sendable {
    public let height: Int
    public let width: Int
    public let values: [Float]

    public init(height: Int, width: Int, values: [Float]) {
        self.height = height
        self.width = width
        self.values = values
    }
}
