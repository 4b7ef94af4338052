/// How a product with several weights is split into tasks for threads: by outputs, and by rows where that is not enough.
struct ProductSplit {
    /// Tasks in all.
    let count: Int
    private let outputsPerTask: Int
    private let rowsPerTask: Int
    private let rows: Int

    /// A part of the result.
    struct Part {
        let weight: Int
        let outputs: Range<Int>
        /// Column of the result where the first of the outputs goes.
        let column: Int
        let rows: Range<Int>
    }

    /// Outputs that every kernel computes together; tasks are multiples of it.
    private static let panel = 32

    init(_ weights: [WeightMatrix], rows: Int, threadCount: Int) {
        self.rows = rows
        let bytes = weights.reduce(0) { $0 + $1.byteCount }
        let outputs = weights.reduce(0) { $0 + $1.rows }
        // About a microsecond of work is not worth waking another thread.
        let alone = threadCount == 1 || bytes * min(rows, 16) < 65_536
        // Few rows: as much memory as is read in some microseconds. Many rows: a few panels, so that what they share
        // stays in the caches.
        let wanted = 4 * threadCount
        let most = rows < 16 ? max(Self.panel, 262_144 * outputs / max(1, bytes)) : 256
        let share = (outputs + wanted - 1) / wanted
        let width = alone && rows < 16 ? .max : min(most, alone ? most : max(share, Self.panel))
        outputsPerTask = width == .max ? .max : (width + Self.panel - 1) / Self.panel * Self.panel
        let parts = Self.parts(weights, outputsPerTask)
        let rowParts = alone ? 1 : max(1, min(wanted / max(1, parts), rows / 48))
        rowsPerTask = (rows + rowParts - 1) / rowParts
        count = parts * ((rows + rowsPerTask - 1) / rowsPerTask)
    }

    private static func parts(_ weights: [WeightMatrix], _ width: Int) -> Int {
        weights.reduce(0) { $0 + parts($1, width) }
    }

    private static func parts(_ weight: WeightMatrix, _ width: Int) -> Int {
        weight.rows / width + (weight.rows % width == 0 ? 0 : 1)
    }

    /// The part that a task computes.
    func part(_ task: Int, of weights: [WeightMatrix]) -> Part {
        let rowParts = (rows + rowsPerTask - 1) / rowsPerTask
        let firstRow = task % rowParts * rowsPerTask
        var (left, number, column) = (task / rowParts, 0, 0)
        while left >= Self.parts(weights[number], outputsPerTask) {
            left -= Self.parts(weights[number], outputsPerTask)
            column += weights[number].rows
            number += 1
        }
        let first = left * outputsPerTask
        let last = weights[number].rows - first > outputsPerTask ? first + outputsPerTask : weights[number].rows
        return Part(
            weight: number, outputs: first..<last, column: column + first,
            rows: firstRow..<min(rows, firstRow + rowsPerTask))
    }
}
