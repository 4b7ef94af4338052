/// The colour of the paper, which may change slowly over a page: grey or coloured paper, the shadow of a fold.
///
/// The median colour of each tile of 32 x 32 cells, then of that and its neighbours the 60th percentile, so that a dark
/// scanner edge does not pass for paper; in between it is interpolated.
struct PaperColour {
    private static let tile = 32

    private let columns: Int
    private let rows: Int
    /// (rows, columns, 3)
    private var colours: [UInt8]

    init(of cells: PageCells) {
        columns = (cells.width + Self.tile - 1) / Self.tile
        rows = (cells.height + Self.tile - 1) / Self.tile
        colours = []
        var medians: [UInt8] = []
        for row in 0..<rows {
            for column in 0..<columns {
                for channel in 0..<3 { medians.append(Self.median(of: cells, row: row, column: column, channel)) }
            }
        }
        colours.reserveCapacity(medians.count)
        for row in 0..<rows {
            for column in 0..<columns {
                for channel in 0..<3 { colours.append(percentile(medians, row: row, column: column, channel)) }
            }
        }
    }

    /// Whether the brightest channel is above a third of full brightness in most places, and no channel differs between
    /// two places by more than that: beyond it, light and shadow do not explain the difference.
    var isPlausible: Bool {
        let brightest = stride(from: 0, to: colours.count, by: 3).map { colours[$0..<($0 + 3)].max() ?? 0 }.sorted()
        guard brightest[brightest.count / 2] >= 96 else { return false }
        return (0..<3).allSatisfy { channel in
            let values = stride(from: channel, to: colours.count, by: 3).map { colours[$0] }
            return (values.max() ?? 0) - (values.min() ?? 0) <= 96
        }
    }

    /// Calls `visit` for each cell of a row, with the colour of the paper at its middle: between those of the four
    /// tiles around it.
    func forEachCell(inRow y: Int, width: Int, _ visit: (_ x: Int, _ colour: SIMD4<Int32>) -> Void) {
        let unit = Int32(2 * Self.tile)
        let (upper, lower, toLower) = Self.neighbours(y, count: rows)
        let blended = (0..<columns).map { column in
            self[upper, column] &* (unit - toLower) &+ self[lower, column] &* toLower
        }
        for x in 0..<width {
            let (left, right, toRight) = Self.neighbours(x, count: columns)
            visit(x, (blended[left] &* (unit - toRight) &+ blended[right] &* toRight) / (unit * unit))
        }
    }

    private subscript(row: Int, column: Int) -> SIMD4<Int32> {
        let place = 3 * (row * columns + column)
        return SIMD4(Int32(colours[place]), Int32(colours[place + 1]), Int32(colours[place + 2]), 0)
    }

    /// The tiles on both sides of a place, and how far it is towards the second, in half cells.
    private static func neighbours(_ place: Int, count: Int) -> (Int, Int, Int32) {
        let fromFirstCentre = 2 * place + 1 - tile
        guard fromFirstCentre > 0 else { return (0, 0, 0) }
        let first = fromFirstCentre / (2 * tile)
        guard first + 1 < count else { return (count - 1, count - 1, 0) }
        return (first, first + 1, Int32(truncatingIfNeeded: fromFirstCentre % (2 * tile)))
    }

    private static func median(of cells: PageCells, row: Int, column: Int, _ channel: Int) -> UInt8 {
        var counts = [Int](repeating: 0, count: 256)
        let across = (column * tile)..<min(cells.width, (column + 1) * tile)
        let down = (row * tile)..<min(cells.height, (row + 1) * tile)
        for y in down {
            for x in across { counts[Int(cells.means[3 * (y * cells.width + x) + channel])] += 1 }
        }
        var left = across.count * down.count / 2
        for (value, count) in counts.enumerated() {
            left -= count
            if left < 0 { return UInt8(value) }
        }
        return 255
    }

    private func percentile(_ medians: [UInt8], row: Int, column: Int, _ channel: Int) -> UInt8 {
        var values: [UInt8] = []
        for y in max(0, row - 2)...min(rows - 1, row + 2) {
            for x in max(0, column - 2)...min(columns - 1, column + 2) {
                values.append(medians[3 * (y * columns + x) + channel])
            }
        }
        values.sort()
        return values[(6 * values.count - 1) / 10]
    }
}
