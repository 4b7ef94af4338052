import JSONSchema
import Mistral
import PageImages

/// An image that the model is shown: a page, or a tile of a long one.
public struct PageImage: Sendable, Equatable {
    /// From 1.
    public let page: Int
    /// The tile's number on its page, from 1.
    public let tile: Int
    /// Tiles of its page: 1 where it is shown whole.
    public let tileCount: Int
    /// The place it shows, in pixels of the upright page at its natural size.
    public let region: PixelRect
    /// The natural size of the whole page: a picture's own, a PDF page's at the resolution asked for.
    public let pageSize: PixelSize
    /// Its size as the model sees it, in whole tokens.
    public let size: PixelSize
    public let grid: ImageTokenGrid

    public init(
        page: Int, tile: Int = 1, tileCount: Int = 1, region: PixelRect, pageSize: PixelSize, size: PixelSize,
        grid: ImageTokenGrid
    ) {
        self.page = page
        self.tile = tile
        self.tileCount = tileCount
        self.region = region
        self.pageSize = pageSize
        self.size = size
        self.grid = grid
    }
}

extension PageImage {
    /// The image's place and size as a JSON object.
    public var report: JSONValue {
        [
            "page": .number(JSONNumber(page)),
            "tile": .number(JSONNumber(tile)),
            "tiles": .number(JSONNumber(tileCount)),
            "page_size": Self.array(pageSize.width, pageSize.height),
            "region": Self.array(region.x, region.y, region.width, region.height),
            "size": Self.array(size.width, size.height),
            "tokens": .number(JSONNumber(grid.promptTokenCount)),
        ]
    }

    private static func array(_ numbers: Int...) -> JSONValue { .array(numbers.map { .number(JSONNumber($0)) }) }
}
