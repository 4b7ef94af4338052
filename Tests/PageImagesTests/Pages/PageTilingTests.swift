import PageImages
import Testing

@Suite("Tiles of long pages")
struct PageTilingTests {
    private let tiling = PageTiling(longestSide: 1540, tokenSize: 28)

    private func tiles(_ width: Int, _ height: Int) -> [PixelRect] {
        tiling.tiles(of: PixelSize(width: width, height: height))
    }

    @Test(
        "a page that the model does not shrink, or of no more than 1:3, is one image",
        arguments: [(1190, 1684), (400, 1540), (1540, 10), (3000, 9000), (9000, 3000), (1, 1), (513, 1539)])
    func whole(_ width: Int, _ height: Int) {
        #expect(tiles(width, height) == [PixelRect(x: 0, y: 0, width: width, height: height)])
    }

    @Test("a receipt is cut into tiles that the model takes as they are, from the top")
    func receipt() {
        let tiles = tiles(480, 4000)
        #expect(tiles.map(\.width) == [480, 480, 480])
        #expect(tiles.map(\.x) == [0, 0, 0])
        // (4000 + 2 * 154) / 3 is 1436, in whole tokens 1456.
        #expect(tiles.map(\.height) == [1456, 1456, 1456])
        #expect(tiles.map(\.y) == [0, 1272, 2544])
    }

    @Test("a wide plan is cut from left to right into squares, for its height alone is beyond the model")
    func plan() {
        let tiles = tiles(9100, 2000)
        #expect(tiles.count == 5)
        #expect(tiles.allSatisfy { $0.height == 2000 && $0.y == 0 && $0.width <= 2000 })
        #expect(tiles.map(\.x) == tiles.map(\.x).sorted())
        #expect(tiles.first?.x == 0)
        #expect(tiles.last.map { $0.x + $0.width } == 9100)
    }

    @Test("a page that would take more tiles than there may be gets longer ones")
    func bounded() {
        let tiles = tiles(100, 1_000_000)
        #expect(tiles.count == PageTiling.mostTiles)
        #expect(tiles.allSatisfy { $0.height > 1540 })
        #expect(tiles.last.map { $0.y + $0.height } == 1_000_000)
    }

    @Test("tiles are equal, cover the page, overlap by a tenth, and are as few as that allows")
    func everywhere() {
        for longest in [1, 28, 672, 1540] {
            let tiling = PageTiling(longestSide: longest, tokenSize: 28)
            for short in [1, 7, 100, longest - 1, longest, longest + 1, 3 * longest + 5] where short > 0 {
                for long in stride(from: short, through: 60 * longest + 100, by: max(1, longest / 3)) {
                    let page = PixelSize(width: short, height: long)
                    let tiles = tiling.tiles(of: page)
                    check(tiles, of: page, longest: max(longest, short))
                    let turned = tiling.tiles(of: PixelSize(width: long, height: short))
                    #expect(
                        turned.map { PixelRect(x: $0.y, y: $0.x, width: $0.height, height: $0.width) } == tiles
                            || short == long)
                }
            }
        }
    }

    private func check(_ tiles: [PixelRect], of page: PixelSize, longest: Int) {
        let length = tiles[0].height
        #expect(tiles.allSatisfy { $0.height == length && $0.x == 0 && $0.width == page.width })
        #expect(tiles[0].y == 0)
        #expect(tiles.last.map { $0.y + $0.height } == page.height)
        #expect(tiles.count <= PageTiling.mostTiles)
        guard tiles.count > 1 else { return }
        let overlap = zip(tiles, tiles.dropFirst()).map { $0.y + $0.height - $1.y }.min() ?? 0
        if length <= longest {
            #expect(overlap >= longest / 10)
            // One tile less would leave something uncovered.
            #expect((tiles.count - 1) * (longest - longest / 10) + longest / 10 < page.height)
        } else {
            #expect(tiles.count == PageTiling.mostTiles)
            #expect(overlap >= length / 10 - 1)
        }
    }
}
