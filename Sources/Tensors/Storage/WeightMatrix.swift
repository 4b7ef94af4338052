import CKernels

/// A matrix of weights as it is stored: (rows = outputs, columns = inputs), of any type.
///
/// It refers to mapped or allocated memory and keeps it alive. The weights may lie at any address.
public struct WeightMatrix: @unchecked Sendable {
    public let rows: Int
    public let columns: Int
    public let type: TensorType
    /// Bytes from one row to the next.
    let rowBytes: Int
    let bytes: UnsafeRawPointer
    // What keeps `bytes` valid.
    private let owner: AnyObject

    /// Weights in memory that `owner` keeps valid; `columns` must be a whole number of the type's blocks.
    init(rows: Int, columns: Int, type: TensorType, bytes: UnsafeRawPointer, owner: AnyObject) {
        precondition(columns.isMultiple(of: type.weightsPerBlock), "\(columns) columns of \(type)")
        self.rows = rows
        self.columns = columns
        self.type = type
        rowBytes = columns / type.weightsPerBlock * type.bytesPerBlock
        self.bytes = bytes
        self.owner = owner
    }

    /// 32-bit weights in memory; `values.count` must be `rows * columns`.
    public init(rows: Int, columns: Int, values: [Float]) {
        precondition(values.count == rows * columns)
        let storage = AlignedStorage.allocate(values.count)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { storage.pointer.update(from: base, count: source.count) }
        }
        self.init(rows: rows, columns: columns, type: .f32, bytes: UnsafeRawPointer(storage.pointer), owner: storage)
    }

    /// Weights of any type in memory, row by row; nil if `stored` are not the bytes of `rows * columns` weights in
    /// whole blocks.
    public init?(rows: Int, columns: Int, type: TensorType, stored: [UInt8]) {
        guard rows >= 0, columns >= 0, let rowBytes = type.byteCount(weights: columns) else { return nil }
        let (byteCount, overflow) = rows.multipliedReportingOverflow(by: rowBytes)
        guard !overflow, byteCount == stored.count else { return nil }
        let storage = AlignedStorage.allocate((stored.count + 3) / 4)
        stored.withUnsafeBytes { source in
            if let base = source.baseAddress {
                UnsafeMutableRawPointer(storage.pointer).copyMemory(from: base, byteCount: source.count)
            }
        }
        self.init(rows: rows, columns: columns, type: type, bytes: UnsafeRawPointer(storage.pointer), owner: storage)
    }

    /// Bytes that the weights take.
    public var byteCount: Int { rows * rowBytes }

    /// The numbers of one row, widened to 32 bits.
    public func row(_ row: Int) -> [Float] {
        precondition(row >= 0 && row < rows)
        return [Float](unsafeUninitializedCapacity: columns) { buffer, count in
            if let base = buffer.baseAddress { copyRow(row, to: base) }
            count = columns
        }
    }

    /// Rows with the given numbers, one after the other: (indices.count, columns). All must be below `rows`.
    public func rows(at indices: [Int]) -> Matrix {
        var result = Matrix(uninitializedRows: indices.count, columns: columns)
        let to = result.mutablePointer()
        for (position, index) in indices.enumerated() {
            precondition(index >= 0 && index < rows)
            copyRow(index, to: to + position * columns)
        }
        return result
    }

    private func copyRow(_ row: Int, to: UnsafeMutablePointer<Float>) {
        type.dequantize(bytes + row * rowBytes, blocks: columns / type.weightsPerBlock, to: to)
    }
}
