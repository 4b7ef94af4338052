/// Shape and constants of a model: what Hugging Face's `config.json` of Mistral Small 3.2 says.
public struct MistralConfiguration: Sendable, Equatable {
    /// The decoder (`text_config`).
    public struct Text: Sendable, Equatable {
        public var hiddenSize: Int
        public var layers: Int
        public var heads: Int
        public var keyValueHeads: Int
        public var headDimension: Int
        public var intermediateSize: Int
        public var vocabularySize: Int
        public var maxPositions: Int
        public var ropeTheta: Double
        public var normEpsilon: Double

        public init(
            hiddenSize: Int, layers: Int, heads: Int, keyValueHeads: Int, headDimension: Int, intermediateSize: Int,
            vocabularySize: Int, maxPositions: Int, ropeTheta: Double = 1e9, normEpsilon: Double = 1e-5
        ) {
            self.hiddenSize = hiddenSize
            self.layers = layers
            self.heads = heads
            self.keyValueHeads = keyValueHeads
            self.headDimension = headDimension
            self.intermediateSize = intermediateSize
            self.vocabularySize = vocabularySize
            self.maxPositions = maxPositions
            self.ropeTheta = ropeTheta
            self.normEpsilon = normEpsilon
        }
    }

    /// The vision encoder (`vision_config`).
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

        public var headDimension: Int { hiddenSize / heads }

        public init(
            hiddenSize: Int, layers: Int, heads: Int, intermediateSize: Int, patchSize: Int = 14,
            imageSize: Int = 1540, channels: Int = 3, ropeTheta: Double = 10000
        ) {
            self.hiddenSize = hiddenSize
            self.layers = layers
            self.heads = heads
            self.intermediateSize = intermediateSize
            self.patchSize = patchSize
            self.imageSize = imageSize
            self.channels = channels
            self.ropeTheta = ropeTheta
        }
    }

    public var text: Text
    public var vision: Vision
    /// Edge of the squares of patches that the projector joins.
    public var spatialMergeSize: Int
    /// Id of [IMG], whose embeddings are replaced by image features.
    public var imageTokenID: Int

    public init(text: Text, vision: Vision, spatialMergeSize: Int = 2, imageTokenID: Int = 10) {
        self.text = text
        self.vision = vision
        self.spatialMergeSize = spatialMergeSize
        self.imageTokenID = imageTokenID
    }

    /// Bytes of the key-value cache for each position.
    public var cacheBytesPerToken: Int { 2 * text.layers * text.keyValueHeads * text.headDimension * 4 }
}
