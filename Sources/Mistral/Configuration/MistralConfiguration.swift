/// Shape and constants of a model: what `config.json`, `params.json` or the metadata of GGUF files say.
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
        /// How the rotations are stretched over more positions than the model was first trained on; nil: not at all.
        public var ropeScaling: RotaryScaling?
        /// How queries grow with their position; nil: not at all.
        public var queryScaling: QueryScaling?
        public var normEpsilon: Double

        public init(
            hiddenSize: Int, layers: Int, heads: Int, keyValueHeads: Int, headDimension: Int, intermediateSize: Int,
            vocabularySize: Int, maxPositions: Int, ropeTheta: Double = 1e9, ropeScaling: RotaryScaling? = nil,
            queryScaling: QueryScaling? = nil, normEpsilon: Double = 1e-5
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
            self.ropeScaling = ropeScaling
            self.queryScaling = queryScaling
            self.normEpsilon = normEpsilon
        }
    }

    public var text: Text
    /// Vision encoder and projector; nil: the model reads text only.
    public var vision: Vision?
    /// Id of [IMG], whose embeddings are replaced by image features.
    public var imageTokenID: Int

    public init(text: Text, vision: Vision?, imageTokenID: Int = 10) {
        self.text = text
        self.vision = vision
        self.imageTokenID = imageTokenID
    }
}
