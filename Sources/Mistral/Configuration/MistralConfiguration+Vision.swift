extension MistralConfiguration {
    /// The vision encoder (`vision_config`) and what brings its features to the decoder.
    public struct Vision: Sendable, Equatable {
        /// Fixed in the architecture, whatever the configuration says.
        public static let normEpsilon: Float = 1e-5

        public var hiddenSize: Int
        public var layers: Int
        public var heads: Int
        public var intermediateSize: Int
        public var patchSize: Int
        /// Longest side of a picture in pixels.
        public var imageSize: Int
        public var channels: Int
        public var ropeTheta: Double
        /// Edge of the squares of patches that the projector joins; 1: it joins none.
        public var spatialMergeSize: Int
        public var projector: Projector
        public var normalization: PixelNormalization

        public var headDimension: Int { hiddenSize / heads }
        /// Pixels a side behind one image token.
        public var tokenSize: Int { patchSize * spatialMergeSize }

        public init(
            hiddenSize: Int, layers: Int, heads: Int, intermediateSize: Int, patchSize: Int = 14,
            imageSize: Int = 1540, channels: Int = 3, ropeTheta: Double = 10000, spatialMergeSize: Int = 2,
            projector: Projector = .mistralSmall, normalization: PixelNormalization = .clip
        ) {
            self.hiddenSize = hiddenSize
            self.layers = layers
            self.heads = heads
            self.intermediateSize = intermediateSize
            self.patchSize = patchSize
            self.imageSize = imageSize
            self.channels = channels
            self.ropeTheta = ropeTheta
            self.spatialMergeSize = spatialMergeSize
            self.projector = projector
            self.normalization = normalization
        }
    }

    /// The parts of a projector besides its two linear layers.
    public struct Projector: Sendable, Equatable {
        /// Features are normalised first.
        public var hasNorm: Bool
        /// Squares of patches are joined by a matrix.
        public var hasMerger: Bool
        /// The linear layers have biases.
        public var hasBiases: Bool

        public init(hasNorm: Bool, hasMerger: Bool, hasBiases: Bool) {
            self.hasNorm = hasNorm
            self.hasMerger = hasMerger
            self.hasBiases = hasBiases
        }

        /// Mistral Small 3.1 and 3.2, Ministral 3.
        public static let mistralSmall = Projector(hasNorm: true, hasMerger: true, hasBiases: false)
        /// Pixtral 12B.
        public static let pixtral = Projector(hasNorm: false, hasMerger: false, hasBiases: true)
    }

    /// Mean and standard deviation of red, green and blue on the scale 0...1, to which pixels are brought.
    public struct PixelNormalization: Sendable, Equatable {
        public var mean: SIMD3<Float>
        public var deviation: SIMD3<Float>

        public init(mean: SIMD3<Float>, deviation: SIMD3<Float>) {
            self.mean = mean
            self.deviation = deviation
        }

        /// Those of all released models, from CLIP.
        public static let clip = PixelNormalization(
            mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711])
    }
}
