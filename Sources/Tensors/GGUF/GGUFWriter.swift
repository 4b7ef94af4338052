import Glibc

/// Writes a GGUF file from front to back: the header first, then the weights row by row, so that no tensor is ever in
/// memory as a whole.
///
/// The file is written under a path where there must be none, and is gone if the writer goes before `finish`. Whoever
/// needs it under another name only when it is whole renames it then.
public struct GGUFWriter: ~Copyable {
    public let path: String
    public let layout: GGUFLayout
    private let descriptor: Int32
    /// The tensor that the next rows belong to, and its bytes so far.
    private var position = 0
    private var written = 0
    private var isFinished = false

    /// Makes the file and writes its header.
    ///
    /// - Throws: `.file`, also where the path is taken.
    public init(path: String, layout: GGUFLayout) throws(GGUFWriterError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        self.path = path
        self.layout = layout
        guard descriptor >= 0 else {
            // There is nothing to take away.
            isFinished = true
            throw .file(.system(path, "make"))
        }
        try write(layout.header)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isFinished { unlink(path) }
    }

    /// The tensor that the next rows belong to; nil when all are written.
    public var next: GGUFLayout.Tensor? { layout.tensors.indices.contains(position) ? layout.tensors[position] : nil }

    /// Brings rows into the next tensor's type and writes them. All of its extents but the last count as rows, unless its
    /// type is one of single numbers: then any rows will do whose number of weights comes out even.
    ///
    /// - Throws: `.weights` for numbers that the type cannot hold, `.rows` for more rows than there should be, `.file`.
    public mutating func append(_ rows: Matrix, threads: ThreadPool) throws(GGUFWriterError) {
        guard let tensor = next else { throw .rows(tensor: "", reason: "all tensors are written") }
        guard tensor.type.weightsPerBlock == 1 || rows.columns == tensor.columns else {
            throw .rows(tensor: tensor.name, reason: "rows of \(rows.columns) instead of \(tensor.columns) weights")
        }
        let bytes: [UInt8]
        do { bytes = try rows.quantized(to: tensor.type, threads: threads) } catch {
            let before = written / tensor.type.bytesPerBlock * tensor.type.weightsPerBlock
            throw .weights(tensor: tensor.name, error.moved(by: before))
        }
        try append(bytes)
    }

    /// Writes rows of another file that has them in the same type, as they are.
    public mutating func append(_ rows: Range<Int>, of source: GGUFTensor) throws(GGUFWriterError) {
        guard let tensor = next else { throw .rows(tensor: "", reason: "all tensors are written") }
        guard source.type == tensor.type, source.columns == tensor.columns, rows.lowerBound >= 0,
            rows.upperBound <= source.rows
        else { throw .rows(tensor: tensor.name, reason: "rows of another type or shape") }
        try append(source.bytes(rows))
    }

    /// Brings the file to disk. All tensors must be complete.
    public mutating func finish() throws(GGUFWriterError) {
        if let tensor = next { throw .rows(tensor: tensor.name, reason: "rows are missing") }
        guard fsync(descriptor) == 0 else { throw .file(.system(path, "bring to disk")) }
        isFinished = true
    }

    private mutating func append(_ bytes: [UInt8]) throws(GGUFWriterError) {
        let whole = layout.byteCounts[position]
        guard bytes.count <= whole - written else {
            throw .rows(tensor: layout.tensors[position].name, reason: "more rows than its shape has")
        }
        try write(bytes)
        written += bytes.count
        if written == whole {
            try write([UInt8](repeating: 0, count: GGUFLayout.aligned(whole) - whole))
            position += 1
            written = 0
        }
    }

    private func write(_ bytes: [UInt8]) throws(GGUFWriterError) {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start)
            }
            if count > 0 {
                start += count
            } else if count == 0 || errno != EINTR {
                throw .file(.system(path, "write"))
            }
        }
    }
}

extension GGUFTensor {
    /// The blocks of some rows, which must lie in `0..<rows`.
    fileprivate func bytes(_ range: Range<Int>) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: bytes + range.lowerBound * rowBytes, count: range.count * rowBytes))
    }
}
