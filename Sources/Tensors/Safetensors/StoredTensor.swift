/// One tensor of a mapped file.
public struct StoredTensor: Sendable {
    public let name: String
    private let entry: SafetensorsFile.Entry
    private let file: MemoryMappedFile

    init(name: String, entry: SafetensorsFile.Entry, file: MemoryMappedFile) {
        self.name = name
        self.entry = entry
        self.file = file
    }

    public var shape: [Int] { entry.shape }
    /// The type as the file spells it, such as "BF16".
    public var type: String { entry.type }
    public var path: String { file.path }

    private var bytes: UnsafeRawPointer { file.bytes + entry.offset }
    private var count: Int { entry.shape.reduce(1, *) }

    /// The weights as they lie in the file. The first extent counts the rows, all others together the columns.
    ///
    /// They are used where they lie.
    /// - Throws: `.shape` if the shape is not `shape`, `.type` if the type is none of F32, BF16 and F16.
    public func weights(shape: [Int]) throws(SafetensorsError) -> WeightMatrix {
        guard entry.shape == shape, let rows = shape.first else {
            throw .shape(path: path, tensor: name, expected: shape, found: entry.shape)
        }
        let columns = shape.dropFirst().reduce(1, *)
        let type: TensorType
        switch entry.type {
        case "F32": type = .f32
        case "BF16": type = .bf16
        case "F16": type = .f16
        default: throw .type(path: path, tensor: name, found: entry.type, wanted: "F32, BF16 or F16")
        }
        return WeightMatrix(rows: rows, columns: columns, type: type, bytes: bytes, owner: file)
    }

    /// All numbers of an F32, BF16 or F16 tensor, widened to 32 bits.
    public func floats() throws(SafetensorsError) -> [Float] {
        let bytes = self.bytes
        switch entry.type {
        case "F32":
            return (0..<count).map {
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        case "BF16":
            return (0..<count).map {
                let upper = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self))
                return Float(bitPattern: UInt32(upper) << 16)
            }
        case "F16":
            return (0..<count).map {
                widened(half: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)))
            }
        default:
            throw .type(path: path, tensor: name, found: entry.type, wanted: "F32, BF16 or F16")
        }
    }

    /// All numbers of a U8, I32 or I64 tensor.
    public func integers() throws(SafetensorsError) -> [Int] {
        let bytes = self.bytes
        switch entry.type {
        case "U8":
            return (0..<count).map { Int(bytes.load(fromByteOffset: $0, as: UInt8.self)) }
        case "I32":
            return (0..<count).map {
                Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)))
            }
        case "I64":
            return (0..<count).map {
                Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)))
            }
        default:
            throw .type(path: path, tensor: name, found: entry.type, wanted: "U8, I32 or I64")
        }
    }
}

/// IEEE binary16 to binary32, by its bits: `Float16` does not exist on all platforms.
func widened(half: UInt16) -> Float {
    let magnitude = UInt32(half & 0x7FFF)
    let value: Float =
        if magnitude >= 0x7C00 {
            Float(bitPattern: 0x7F80_0000 | (magnitude & 0x3FF) << 13)
        } else {
            // The bits moved to the wider fields are the number times 2^-112, also where it is subnormal.
            Float(bitPattern: magnitude << 13) * 0x1p112
        }
    return half & 0x8000 == 0 ? value : -value
}
