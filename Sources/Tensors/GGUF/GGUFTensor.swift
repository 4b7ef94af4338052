/// One tensor of a mapped GGUF file.
public struct GGUFTensor: Sendable {
    public let name: String
    public let type: TensorType
    /// Outermost extent first, as everywhere here; the file has it the other way round.
    public let shape: [Int]
    /// The bytes of the file that the weights take.
    public let place: Range<Int>
    private let file: MemoryMappedFile

    init(name: String, type: TensorType, shape: [Int], place: Range<Int>, file: MemoryMappedFile) {
        self.name = name
        self.type = type
        self.shape = shape
        self.place = place
        self.file = file
    }

    /// The file that holds it.
    public var path: String { file.path }
    /// The innermost extent: weights that lie next to each other. Blocks of quantised types never cross a row.
    public var columns: Int { shape.last ?? 1 }
    /// All other extents together.
    public var rows: Int { shape.dropLast().reduce(1, *) }
    public var byteCount: Int { place.count }

    var bytes: UnsafeRawPointer { file.bytes + place.lowerBound }
    var rowBytes: Int { byteCount / rows }

    /// Some rows, widened to 32 bits: (range.count, columns). The range must lie in `0..<rows`.
    public func rows(_ range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows)
        var result = Matrix(uninitializedRows: range.count, columns: columns)
        let blocks = range.count * columns / type.weightsPerBlock
        type.dequantize(bytes + range.lowerBound * rowBytes, blocks: blocks, to: result.mutablePointer())
        return result
    }

    /// All weights, widened to 32 bits.
    public func floats() -> [Float] {
        let count = rows * columns
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress {
                type.dequantize(bytes, blocks: count / type.weightsPerBlock, to: base)
            }
            initialized = count
        }
    }

    /// The weights as a matrix. The first extent counts the rows, all others together the columns.
    ///
    /// They are used where they lie, whatever their type; only where a row is no whole number of blocks (a vector of
    /// quantised numbers) they are widened to 32 bits in memory.
    /// - Throws: `.shape` if the shape is not `shape`.
    public func weights(shape: [Int]) throws(GGUFError) -> WeightMatrix {
        guard self.shape == shape, let rows = shape.first else {
            throw .shape(path: path, tensor: name, expected: shape, found: self.shape)
        }
        let columns = shape.dropFirst().reduce(1, *)
        guard columns.isMultiple(of: type.weightsPerBlock) else {
            return WeightMatrix(rows: rows, columns: columns, values: floats())
        }
        return WeightMatrix(rows: rows, columns: columns, type: type, bytes: bytes, owner: file)
    }

    /// Where in the file the first block lies that has an infinite or NaN scale; nil if there is none.
    ///
    /// For the types that are not quantised every number is its own scale. Reads all bytes.
    public func firstNonFiniteScale() -> Int? {
        type.firstNonFiniteScale(bytes, blocks: byteCount / type.bytesPerBlock).map {
            place.lowerBound + $0 * type.bytesPerBlock
        }
    }

    /// Throws `.notFinite` if a scale is infinite or NaN. Reads all bytes.
    public func checkScales() throws(GGUFError) {
        if let offset = firstNonFiniteScale() { throw .notFinite(path: path, tensor: name, offset: offset) }
    }
}
