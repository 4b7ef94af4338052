/// A prompt: token ids and where the images are among them.
public struct PromptTokens: Hashable, Sendable {
    public internal(set) var ids: [Int]
    /// The images in the order of their tokens, which is also their order in the conversation.
    public internal(set) var images: [PromptImage]

    public init(ids: [Int] = [], images: [PromptImage] = []) {
        self.ids = ids
        self.images = images
    }
}

/// The place of an image in a prompt.
public struct PromptImage: Hashable, Sendable {
    public let grid: ImageTokenGrid
    /// Index of its first [IMG] token.
    public let start: Int

    public init(grid: ImageTokenGrid, start: Int) {
        self.grid = grid
        self.start = start
    }

    /// All its tokens: rows of [IMG], each followed by [IMG_BREAK], the last one by [IMG_END].
    public var range: Range<Int> { start..<(start + grid.promptTokenCount) }

    /// Indices of its [IMG] tokens, whose embeddings are replaced by the image's, row by row.
    public var embeddingPositions: [Int] {
        (0..<grid.tokensHigh).flatMap { row in
            let rowStart = start + row * (grid.tokensWide + 1)
            return rowStart..<(rowStart + grid.tokensWide)
        }
    }
}
