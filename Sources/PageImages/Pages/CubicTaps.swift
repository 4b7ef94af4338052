/// The four source samples and weights behind each sample of a bicubic resize along one axis.
///
/// Half-pixel centres, clamped edges, no widening of the kernel when shrinking; Keys' kernel with a = -0.75, as
/// OpenCV's `INTER_CUBIC` (Keys, "Cubic convolution interpolation for digital image processing", 1981).
struct CubicTaps {
    /// (outputLength, 4); the unclamped places of one output sample are consecutive.
    let indices: [Int]
    /// (outputLength, 4)
    let weights: [Float]

    init(from inputLength: Int, to outputLength: Int) {
        var indices = [Int](), weights = [Float]()
        indices.reserveCapacity(4 * outputLength)
        weights.reserveCapacity(4 * outputLength)
        let scale = Double(inputLength) / Double(outputLength)
        for output in 0..<outputLength {
            let centre = (Double(output) + 0.5) * scale - 0.5
            let before = centre.rounded(.down)
            let fraction = centre - before
            for tap in -1...2 {
                indices.append(min(max(Int(before) + tap, 0), inputLength - 1))
            }
            let near = Self.near(fraction), nextNear = Self.near(1 - fraction), far = Self.far(fraction + 1)
            weights.append(Float(far))
            weights.append(Float(near))
            weights.append(Float(nextNear))
            // The kernel sums to one; taking the last weight from the others makes it exact.
            weights.append(Float(1 - far - near - nextNear))
        }
        self.indices = indices
        self.weights = weights
    }

    private static let a = -0.75

    /// The kernel at distances up to 1.
    private static func near(_ distance: Double) -> Double {
        ((a + 2) * distance - (a + 3)) * distance * distance + 1
    }

    /// The kernel at distances from 1 to 2.
    private static func far(_ distance: Double) -> Double {
        ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a
    }
}
