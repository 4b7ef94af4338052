import CKernels

/// A matrix of weights as it is stored: (rows = outputs, columns = inputs), 32-bit floats or bfloat16.
///
/// It refers to mapped or allocated memory and keeps it alive. The numbers may lie at any address.
public struct WeightMatrix: @unchecked Sendable {
    public enum Format: Sendable { case float32, bfloat16 }

    public let rows: Int
    public let columns: Int
    public let format: Format
    // What keeps `bytes` valid.
    private let owner: AnyObject
    let bytes: UnsafeRawPointer

    init(rows: Int, columns: Int, format: Format, bytes: UnsafeRawPointer, owner: AnyObject) {
        self.rows = rows
        self.columns = columns
        self.format = format
        self.bytes = bytes
        self.owner = owner
    }

    /// Weights in memory; `values.count` must be `rows * columns`.
    public init(rows: Int, columns: Int, values: [Float]) {
        precondition(values.count == rows * columns)
        let storage = AlignedStorage.allocate(values.count)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { storage.pointer.update(from: base, count: source.count) }
        }
        self.init(
            rows: rows, columns: columns, format: .float32, bytes: UnsafeRawPointer(storage.pointer), owner: storage)
    }

    /// Bytes that the numbers take.
    public var byteCount: Int { rows * rowBytes }

    var rowBytes: Int { columns * (format == .float32 ? 4 : 2) }
    var kind: ck_weight_kind { format == .float32 ? CK_WEIGHT_F32 : CK_WEIGHT_BF16 }

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
        let from = bytes + row * rowBytes
        switch format {
        case .float32:
            UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: rowBytes)
        case .bfloat16:
            for column in 0..<columns {
                let upper = from.loadUnaligned(fromByteOffset: 2 * column, as: UInt16.self)
                to[column] = Float(bitPattern: UInt32(UInt16(littleEndian: upper)) << 16)
            }
        }
    }
}
