/// All of a GGUF file but the weights: what its header says, and how long the file will be.
///
/// Version 3, little endian, data aligned to 32 bytes.
/// Format: github.com/ggml-org/ggml/blob/master/docs/gguf.md
public struct GGUFLayout: Sendable {
    /// A tensor that is to be written.
    public struct Tensor: Sendable, Equatable {
        public let name: String
        public let type: TensorType
        /// Outermost extent first, as everywhere here.
        public let shape: [Int]

        public init(name: String, type: TensorType, shape: [Int]) {
            self.name = name
            self.type = type
            self.shape = shape
        }

        public var columns: Int { shape.last ?? 1 }
    }

    static let alignment = 32
    /// What ggml allows.
    private static let longestName = 63
    private static let mostExtents = 4

    public let tensors: [Tensor]
    let header: [UInt8]
    /// Bytes of each tensor's weights, without what aligns the next one.
    let byteCounts: [Int]
    /// Bytes of the whole file.
    public let byteCount: Int

    /// - Throws: `.entry` for a tensor whose name, shape or type the format or ggml does not allow.
    public init(metadata: [GGUFKeyValue], tensors: [Tensor]) throws(GGUFWriterError) {
        var header = Array("GGUF".utf8) + littleEndian(UInt32(3))
        header += littleEndian(UInt64(tensors.count)) + littleEndian(UInt64(metadata.count))
        for entry in metadata { header += GGUFKeyValue.encoded(entry.key) + entry.bytes }
        var names: Set<String> = []
        var byteCounts: [Int] = []
        var offset = 0
        for tensor in tensors {
            guard names.insert(tensor.name).inserted else {
                throw .entry(tensor: tensor.name, reason: "it is listed twice")
            }
            let count = try Self.byteCount(of: tensor)
            header += GGUFKeyValue.encoded(tensor.name) + littleEndian(UInt32(tensor.shape.count))
            for extent in tensor.shape.reversed() { header += littleEndian(UInt64(extent)) }
            header += littleEndian(tensor.type.rawValue) + littleEndian(UInt64(offset))
            byteCounts.append(count)
            let (end, overflow) = offset.addingReportingOverflow(Self.aligned(count))
            guard !overflow, end < 1 << 60 else { throw .entry(tensor: tensor.name, reason: "the file gets too large") }
            offset = end
        }
        header += [UInt8](repeating: 0, count: Self.aligned(header.count) - header.count)
        self.tensors = tensors
        self.header = header
        self.byteCounts = byteCounts
        byteCount = header.count + offset
    }

    static func aligned(_ count: Int) -> Int { (count + alignment - 1) & ~(alignment - 1) }

    private static func byteCount(of tensor: Tensor) throws(GGUFWriterError) -> Int {
        func failure(_ reason: String) -> GGUFWriterError { .entry(tensor: tensor.name, reason: reason) }
        guard 1...longestName ~= tensor.name.utf8.count else {
            throw failure("its name must have 1 to \(longestName) bytes")
        }
        guard 1...mostExtents ~= tensor.shape.count, tensor.shape.allSatisfy({ $0 > 0 }) else {
            throw failure("\(tensor.shape) is no possible shape")
        }
        guard tensor.columns.isMultiple(of: tensor.type.weightsPerBlock) else {
            throw failure(QuantizationError.incompleteBlock(tensor.type, columns: tensor.columns).description)
        }
        var count = 1
        for extent in tensor.shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow else { throw failure("its shape is too large") }
            count = product
        }
        guard let bytes = tensor.type.byteCount(weights: count), bytes < 1 << 60 else {
            throw failure("its shape is too large")
        }
        return bytes
    }
}
