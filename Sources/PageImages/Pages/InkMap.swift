/// The cells of a page that differ from its paper.
struct InkMap {
    let width: Int
    let height: Int
    private var isInk: [Bool]
    private(set) var count = 0

    /// A cell is ink when a channel differs from the paper by 16 of 255, or by five standard deviations of the noise
    /// where that is more.
    init(_ cells: PageCells, on paper: PaperColour) {
        let (width, height) = (cells.width, cells.height)
        (self.width, self.height) = (width, height)
        var contrasts = [UInt8](repeating: 0, count: width * height)
        var counts = [Int](repeating: 0, count: 256)
        for y in 0..<height {
            paper.forEachCell(inRow: y, width: width) { x, colour in
                let place = y * width + x
                let cell = SIMD4(
                    Int32(cells.means[3 * place]), Int32(cells.means[3 * place + 1]), Int32(cells.means[3 * place + 2]),
                    0)
                let difference = cell &- colour
                let contrast = Int(min(255, max(difference.max(), 0 &- difference.min())))
                contrasts[place] = UInt8(contrast)
                counts[contrast] += 1
            }
        }
        var half = width * height / 2
        let median = counts.firstIndex { count in
            half -= count
            return half < 0
        }
        // The median of absolute deviations is 0.67 standard deviations of a normal distribution.
        let noise = min(64, 5 * 3 * (median ?? 0) / 2)
        let threshold = UInt8(max(16, noise))
        isInk = contrasts.map { $0 >= threshold }
        count = isInk.reduce(0) { $0 + ($1 ? 1 : 0) }
    }

    subscript(x: Int, y: Int) -> Bool { isInk[y * width + x] }

    mutating func erase(_ cells: [(x: Int, y: Int)]) {
        for (x, y) in cells where isInk[y * width + x] {
            isInk[y * width + x] = false
            count -= 1
        }
    }

    /// Groups of ink cells of which each is within `reach` cells of another of its group, in reading order, until
    /// `visit` returns false.
    func forEachGroup(reach: Int, _ visit: (InkGroup) -> Bool) {
        var rest = isInk
        for start in rest.indices where rest[start] {
            rest[start] = false
            var group = InkGroup(x: start % width, y: start / width)
            var next = 0
            while next < group.cells.count {
                let (x, y) = group.cells[next]
                next += 1
                for nearY in max(0, y - reach)...min(height - 1, y + reach) {
                    for nearX in max(0, x - reach)...min(width - 1, x + reach) where rest[nearY * width + nearX] {
                        rest[nearY * width + nearX] = false
                        group.add(x: nearX, y: nearY)
                    }
                }
            }
            guard visit(group) else { return }
        }
    }
}

/// Ink cells that belong together.
struct InkGroup {
    private(set) var cells: [(x: Int, y: Int)]
    private(set) var columns: ClosedRange<Int>
    private(set) var rows: ClosedRange<Int>

    init(x: Int, y: Int) {
        cells = [(x, y)]
        columns = x...x
        rows = y...y
    }

    mutating func add(x: Int, y: Int) {
        cells.append((x, y))
        columns = min(columns.lowerBound, x)...max(columns.upperBound, x)
        rows = min(rows.lowerBound, y)...max(rows.upperBound, y)
    }
}
