import CKernels

/// Attention of new rows of several sequences, by pointers that the caller keeps valid.
struct CausalAttention {
    /// The new rows of one sequence, and its pages.
    struct Part {
        let rows: Range<Int>
        let position: Int
        let layout: KeyValueLayout
        let pages: [UnsafeMutableRawPointer]
    }

    /// Multiply-adds that are not worth waking another thread for.
    private static let smallWork = 16_384

    let shape: AttentionShape
    let layer: Int
    let parts: [Part]
    let input: UnsafePointer<Float>  // (rows, shape.joinedColumns)
    let rotation: Rotation
    let output: UnsafeMutablePointer<Float>  // (rows, shape.queryColumns)
    let threads: ThreadPool

    private var dimension: Int { shape.headDimension }

    private func block(_ part: Part, page: Int, head: Int) -> KeyValueBlock {
        KeyValueBlock(part.pages[page], layer: layer, head: head, layout: part.layout, kernels: threads.kernels)
    }

    // MARK: - New keys and values

    /// Stores the keys, rotated, and the values of all new rows.
    ///
    /// A task is one head in one page, whose lines of memory no other task writes.
    func store() {
        var tasks: [(part: Part, page: Int, positions: Range<Int>)] = []
        for part in parts {
            let positions = part.position..<(part.position + part.rows.count)
            for page in pageNumbers(positions) {
                tasks.append((part, page, positions.clamped(to: pagePositions(page))))
            }
        }
        let scratch = threads.scratch.borrow(threads.threadCount * (dimension + 16))
        let own = scratch.pointer
        run(count: tasks.count * shape.keyValueHeads, work: rowCount * shape.keyColumns) { index, slot in
            let (task, head) = (tasks[index / shape.keyValueHeads], index % shape.keyValueHeads)
            let block = block(task.part, page: task.page, head: head)
            let rotated = own + slot * (dimension + 16)
            for position in task.positions {
                let row = task.part.rows.lowerBound + position - task.part.position
                let key = input + row * shape.joinedColumns + shape.queryColumns + head * dimension
                rotated.update(from: key, count: dimension)
                rotation.rotate(rotated, row: row)
                block.put(key: rotated, value: key + shape.keyColumns, at: position % KeyValueLayout.positions)
            }
        }
        threads.scratch.giveBack(scratch)
    }

    // MARK: - Attention

    /// Rows of one sequence whose queries share a panel.
    private struct Panel {
        let part: Part
        let first: Int  // counted from the part's first row
        let count: Int
        var keys: Int { part.position + first + count }
    }

    /// Writes the attention of all new rows, whose keys and values are stored.
    func attend() {
        let headsAtOnce = min(shape.group, AttentionPanel.mostQueries)
        let headParts = (shape.group + headsAtOnce - 1) / headsAtOnce
        let rowsAtOnce = AttentionPanel.mostQueries / headsAtOnce
        var panels: [Panel] = []
        for part in parts {
            for first in stride(from: 0, to: part.rows.count, by: rowsAtOnce) {
                panels.append(Panel(part: part, first: first, count: min(rowsAtOnce, part.rows.count - first)))
            }
        }
        // Starting with those that see most keys leaves the small tasks for the end.
        panels.sort { $0.keys > $1.keys }

        let panelScratch = AttentionPanel.scratchCount(headDimension: dimension)
        let blockScratch = parts.map { KeyValueBlock.scratchCount($0.layout) }.max() ?? 0
        let scratchCount = panelScratch + blockScratch
        let scratch = threads.scratch.borrow(threads.threadCount * scratchCount)
        let own = scratch.pointer
        let tasksPerPanel = shape.keyValueHeads * headParts
        let keys = panels.reduce(0) { $0 + $1.keys * $1.count }
        run(count: panels.count * tasksPerPanel, work: keys * shape.queryColumns) { index, slot in
            let (panel, task) = (panels[index / tasksPerPanel], index % tasksPerPanel)
            let (head, firstQuery) = (task / headParts, task % headParts * headsAtOnce)
            attend(
                panel, head: head, queries: firstQuery..<min(shape.group, firstQuery + headsAtOnce),
                scratch: own + slot * scratchCount, blockScratch: own + slot * scratchCount + panelScratch)
        }
        threads.scratch.giveBack(scratch)
    }

    /// Some rows' queries (numbered within the group) of a key-value head.
    private func attend(
        _ rows: Panel, head: Int, queries: Range<Int>, scratch: UnsafeMutablePointer<Float>,
        blockScratch: UnsafeMutablePointer<Float>
    ) {
        let group = queries.count
        let firstRow = rows.part.rows.lowerBound + rows.first
        let column = (head * shape.group + queries.lowerBound) * dimension
        let panel = AttentionPanel(
            queries: rows.count * group, shape: shape, kernels: threads.kernels, scratch: scratch)
        for index in 0..<(rows.count * group) {
            let row = firstRow + index / group
            panel.setQuery(
                index, to: input + row * shape.joinedColumns + column + index % group * dimension, row: row,
                rotation: rotation)
        }
        for page in pageNumbers(0..<rows.keys) {
            let positions = pagePositions(page).clamped(to: 0..<rows.keys)
            let numbers = block(rows.part, page: page, head: head)
                .numbers(count: positions.count, queries: rows.count * group, scratch: blockScratch)
            panel.attend(
                numbers, count: positions.count,
                visible: rows.part.position + rows.first + 1 - positions.lowerBound, group: group)
        }
        for index in 0..<(rows.count * group) {
            let row = firstRow + index / group
            panel.writeOutput(index, to: output + row * shape.queryColumns + column + index % group * dimension)
        }
    }

    // MARK: -

    private var rowCount: Int { parts.reduce(0) { $0 + $1.rows.count } }

    private func pageNumbers(_ positions: Range<Int>) -> Range<Int> {
        let size = KeyValueLayout.positions
        return (positions.lowerBound / size)..<((positions.upperBound + size - 1) / size)
    }

    private func pagePositions(_ page: Int) -> Range<Int> {
        (page * KeyValueLayout.positions)..<((page + 1) * KeyValueLayout.positions)
    }

    private func run(count: Int, work: Int, _ body: @escaping (_ index: Int, _ slot: Int) -> Void) {
        if work < Self.smallWork {
            for index in 0..<count { body(index, 0) }
        } else {
            threads.run(count: count, body: body)
        }
    }
}
