extension Matrix {
    /// Square patches of a channel-first picture, row-major: (patches, channels * size * size).
    ///
    /// - Parameters:
    ///   - values: the picture (channels, height, width).
    ///   - size: edge of a patch; it must divide `height` and `width`.
    /// A patch is flattened in the order channel, y, x: the order of a convolution's weights.
    public init(patchesOf values: [Float], channels: Int, height: Int, width: Int, size: Int) {
        precondition(values.count == channels * height * width && height % size == 0 && width % size == 0)
        let (gridRows, gridColumns) = (height / size, width / size)
        self.init(uninitializedRows: gridRows * gridColumns, columns: channels * size * size)
        let to = mutablePointer()
        let columns = self.columns
        values.withUnsafeBufferPointer { source in
            guard let from = source.baseAddress else { return }
            for channel in 0..<channels {
                for y in 0..<height {
                    let line = from + (channel * height + y) * width
                    let offset = (channel * size + y % size) * size
                    for patch in 0..<gridColumns {
                        (to + (y / size * gridColumns + patch) * columns + offset).update(
                            from: line + patch * size, count: size)
                    }
                }
            }
        }
    }

    /// Joins squares of `size` x `size` neighbours of a grid: (gridRows / size * gridColumns / size, columns * size^2).
    ///
    /// Feature index = channel * size^2 + dy * size + dx, as torch's `unfold` gives it.
    public func mergedPatches(gridRows: Int, gridColumns: Int, size: Int) -> Matrix {
        precondition(rows == gridRows * gridColumns && gridRows % size == 0 && gridColumns % size == 0)
        let (mergedRows, mergedColumns) = (gridRows / size, gridColumns / size)
        var result = Matrix(uninitializedRows: mergedRows * mergedColumns, columns: columns * size * size)
        let (from, to, columns) = (pointer, result.mutablePointer(), self.columns)
        for merged in 0..<(mergedRows * mergedColumns) {
            let (top, left) = (merged / mergedColumns * size, merged % mergedColumns * size)
            let target = to + merged * columns * size * size
            for neighbour in 0..<(size * size) {
                let source = from + ((top + neighbour / size) * gridColumns + left + neighbour % size) * columns
                for channel in 0..<columns { target[channel * size * size + neighbour] = source[channel] }
            }
        }
        return result
    }
}
