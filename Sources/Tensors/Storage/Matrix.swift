/// Rows of 32-bit floats in one contiguous, 64-byte aligned block: (rows, columns), row-major.
///
/// A value type: copies share storage until one of them is changed.
public struct Matrix: Sendable {
    public private(set) var rows: Int
    public private(set) var columns: Int
    private var storage: AlignedStorage

    /// A matrix of zeros.
    public init(rows: Int, columns: Int) {
        self.init(uninitializedRows: rows, columns: columns)
        storage.pointer.update(repeating: 0, count: rows * columns)
    }

    /// A matrix of the given numbers, row by row; `values.count` must be `rows * columns`.
    public init(rows: Int, columns: Int, values: [Float]) {
        precondition(values.count == rows * columns, "a \(rows) x \(columns) matrix of \(values.count) numbers")
        self.init(uninitializedRows: rows, columns: columns)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { storage.pointer.update(from: base, count: source.count) }
        }
    }

    init(uninitializedRows rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0)
        storage = .allocate(rows * columns)
        self.rows = rows
        self.columns = columns
    }

    /// nil if the system has not enough memory.
    init?(checkedRows rows: Int, columns: Int) {
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        guard !overflow, let storage = AlignedStorage(capacity: count) else { return nil }
        self.storage = storage
        self.rows = rows
        self.columns = columns
    }

    public subscript(row: Int, column: Int) -> Float {
        get {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns)
            return storage.pointer[row * columns + column]
        }
        set {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns)
            mutablePointer()[row * columns + column] = newValue
        }
    }

    /// All numbers, row by row.
    public var values: [Float] { Array(UnsafeBufferPointer(start: storage.pointer, count: rows * columns)) }

    /// The numbers of one row.
    public func row(_ row: Int) -> [Float] {
        precondition(row >= 0 && row < rows)
        return Array(UnsafeBufferPointer(start: storage.pointer + row * columns, count: columns))
    }

    /// Calls `body` with the numbers of one row, without a copy.
    public func withRow<Result, Failure: Error>(
        _ row: Int, _ body: (borrowing Span<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(row >= 0 && row < rows)
        let buffer = UnsafeBufferPointer(start: UnsafePointer(storage.pointer + row * columns), count: columns)
        return try body(Span(_unsafeElements: buffer))
    }

    /// A copy of some of the rows.
    public func rows(_ range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows)
        let copy = Matrix(uninitializedRows: range.count, columns: columns)
        copy.storage.pointer.update(from: storage.pointer + range.lowerBound * columns, count: range.count * columns)
        return copy
    }

    /// Overwrites rows from `first` on with all rows of another matrix of the same width.
    public mutating func replaceRows(from first: Int, with other: Matrix) {
        precondition(other.columns == columns && first >= 0 && first + other.rows <= rows)
        mutablePointer().advanced(by: first * columns).update(from: other.pointer, count: other.rows * columns)
    }

    /// Gives the matrix another shape with unspecified contents, keeping its memory where it suffices.
    mutating func reshape(rows: Int, columns: Int) {
        if storage.capacity < rows * columns || !isKnownUniquelyReferenced(&storage) {
            storage = .allocate(rows * columns)
        }
        self.rows = rows
        self.columns = columns
    }

    /// The numbers; valid while the matrix is alive and unchanged.
    var pointer: UnsafePointer<Float> { UnsafePointer(storage.pointer) }

    /// The numbers for writing, after making them this value's own; valid while the matrix is alive.
    mutating func mutablePointer() -> UnsafeMutablePointer<Float> {
        if !isKnownUniquelyReferenced(&storage) {
            let copy = AlignedStorage.allocate(rows * columns)
            copy.pointer.update(from: storage.pointer, count: rows * columns)
            storage = copy
        }
        return storage.pointer
    }
}
