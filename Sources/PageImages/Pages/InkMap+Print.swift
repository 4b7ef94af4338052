// What on a page is print and what is not. Lengths follow from the page's shorter side, taken for the 210 mm of A4.
extension InkMap {
    private var shortSide: Int { min(width, height) }

    /// Whether there is ink that is more than specks.
    var hasPrint: Bool {
        let least = max(3, 7 * shortSide / 1000)
        var isFound = false
        // Letters of a word are closer to each other than this, specks of dust are not.
        forEachGroup(reach: max(2, 7 * shortSide / 1000)) { group in
            isFound = group.cells.count >= 3 && max(group.columns.count, group.rows.count) >= least
            return !isFound
        }
        return isFound
    }

    /// Erases the bands along a border that a scanner shows beside or behind the paper.
    mutating func removeScannerEdges() {
        let (width, height) = (width, height)
        // From the border inwards, as functions from along and inwards to a cell.
        removeBand(along: width, inwards: height) { ($0, $1) }
        removeBand(along: width, inwards: height) { ($0, height - 1 - $1) }
        removeBand(along: height, inwards: width) { ($1, $0) }
        removeBand(along: height, inwards: width) { (width - 1 - $1, $0) }
    }

    /// Erases ink that reaches inwards from the border without gaps, where that goes on for a twelfth of the border:
    /// letters that the border cuts are shorter.
    private mutating func removeBand(
        along: Int, inwards: Int, _ cell: (_ along: Int, _ inwards: Int) -> (x: Int, y: Int)
    ) {
        let deepest = max(2, inwards / 20)
        var run: [(x: Int, y: Int)] = []
        var length = 0
        for place in 0...along {
            var depth = 0
            if place < along {
                while depth <= deepest, depth < inwards, self[cell(place, depth).x, cell(place, depth).y] { depth += 1 }
            }
            if depth > 0, depth <= deepest {
                run += (0..<depth).map { cell(place, $0) }
                length += 1
            } else {
                if length >= max(3, along / 12) { erase(run) }
                (run, length) = ([], 0)
            }
        }
    }

    /// Erases punch holes: two or more discs of 4 to 9 mm, equally far from a border, within 25 mm of it.
    mutating func removePunchHoles() {
        let sizes = max(4, 19 * shortSide / 1000)...max(6, 43 * shortSide / 1000)
        var discs: [InkGroup] = []
        forEachGroup(reach: 1) { group in
            if group.isDisc(sizes) { discs.append(group) }
            // More discs than there are holes are a pattern.
            return discs.count <= 32
        }
        guard discs.count <= 32 else { return }
        let (farthest, tolerance) = (12 * shortSide / 100, max(2, shortSide / 100))
        for disc in discs {
            let (x, y) = (disc.middle.x, disc.middle.y)
            let (isBesideSide, isBesideEnd) = (min(x, width - 1 - x) <= farthest, min(y, height - 1 - y) <= farthest)
            let inColumn = discs.filter { abs($0.middle.x - x) <= tolerance }.count
            let inRow = discs.filter { abs($0.middle.y - y) <= tolerance }.count
            if isBesideSide && inColumn >= 2 || isBesideEnd && inRow >= 2 { erase(disc.cells) }
        }
    }
}

extension InkGroup {
    fileprivate var middle: (x: Int, y: Int) {
        ((columns.lowerBound + columns.upperBound) / 2, (rows.lowerBound + rows.upperBound) / 2)
    }

    /// Whether it fills its box as a disc does: pi/4 of it.
    fileprivate func isDisc(_ sizes: ClosedRange<Int>) -> Bool {
        guard sizes.contains(columns.count), sizes.contains(rows.count), abs(columns.count - rows.count) <= 2 else {
            return false
        }
        let share = Double(cells.count) / Double(columns.count * rows.count)
        return (0.68...0.9).contains(share)
    }
}
