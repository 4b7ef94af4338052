/// Image settings of a Tekken file: how pictures become image tokens.
public struct TekkenImageSettings: Hashable, Sendable {
    /// Side of a square patch in pixels.
    public let patchSize: Int
    /// Longest permitted image side in pixels; larger images are shrunk.
    public let maximumImageSize: Int
    /// Patches merged into one token along each axis.
    public let spatialMergeSize: Int

    /// Side of the square covered by one image token, in pixels.
    public var pixelsPerToken: Int { patchSize * spatialMergeSize }

    /// Most tokens that one image can take along one axis.
    public var maximumTokensPerSide: Int { (maximumImageSize - 1) / pixelsPerToken + 1 }
}

/// Size of an image in tokens, one token per merged patch.
public struct ImageTokenGrid: Hashable, Sendable {
    /// [IMG] tokens in each row.
    public let tokensWide: Int
    /// Rows.
    public let tokensHigh: Int

    public init(tokensWide: Int, tokensHigh: Int) {
        self.tokensWide = tokensWide
        self.tokensHigh = tokensHigh
    }

    /// Tokens in the prompt: every row is followed by one [IMG_BREAK], the last by [IMG_END].
    public var promptTokenCount: Int { (tokensWide + 1) * tokensHigh }

    /// Image embeddings that replace the [IMG] tokens.
    public var embeddingCount: Int { tokensWide * tokensHigh }
}
