/// A file of named tensors in the safetensors format, mapped into memory.
///
/// All offsets, shapes and lengths are checked against the file when it is opened.
/// Format: eight bytes with the header's length, a JSON header, the data (github.com/huggingface/safetensors).
public final class SafetensorsFile: Sendable {
    /// The place and shape of one tensor.
    struct Entry: Sendable {
        let type: String
        let shape: [Int]
        let offset: Int
        let byteCount: Int
    }

    /// The longest header that the format allows.
    static let longestHeader = 100_000_000

    public let path: String
    let file: MemoryMappedFile
    let entries: [String: Entry]

    /// Names of all tensors, sorted.
    public var names: [String] { entries.keys.sorted() }
    /// Size of the file.
    public var byteCount: Int { file.byteCount }

    public init(path: String) throws(SafetensorsError) {
        let file: MemoryMappedFile
        do { file = try MemoryMappedFile(path: path) } catch { throw .file(error) }
        guard file.byteCount >= 8 else {
            throw .header(path: path, reason: "\(file.byteCount) bytes are too few for a header")
        }
        let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
        guard length <= UInt64(min(Self.longestHeader, file.byteCount - 8)) else {
            throw .header(path: path, reason: "it claims \(length) bytes in a file of \(file.byteCount)")
        }
        let dataStart = 8 + Int(length)
        let header: HeaderValue
        do { header = try HeaderScanner.scan(file.contents(8..<dataStart)) } catch {
            throw .header(path: path, reason: error.reason)
        }
        guard case .object(let members) = header else { throw .header(path: path, reason: "it is not an object") }
        entries = try Self.entries(members, path: path, dataStart: dataStart, dataEnd: file.byteCount)
        self.path = path
        self.file = file
    }

    /// True if the file has a tensor of this name.
    public func contains(_ name: String) -> Bool { entries[name] != nil }

    /// The tensor of this name; `SafetensorsError.missing` if there is none.
    public func tensor(_ name: String) throws(SafetensorsError) -> StoredTensor {
        guard let entry = entries[name] else { throw .missing(path: path, tensor: name) }
        return StoredTensor(name: name, entry: entry, file: file)
    }

    private static func entries(
        _ members: [(key: String, value: HeaderValue)], path: String, dataStart: Int, dataEnd: Int
    ) throws(SafetensorsError) -> [String: Entry] {
        var entries: [String: Entry] = [:]
        for (name, value) in members where name != "__metadata__" {
            guard entries[name] == nil else { throw .entry(path: path, tensor: name, reason: "it is listed twice") }
            entries[name] = try entry(value, name: name, path: path, dataStart: dataStart, dataEnd: dataEnd)
        }
        let ordered = entries.filter { $0.value.byteCount > 0 }.sorted { $0.value.offset < $1.value.offset }
        for (previous, current) in zip(ordered, ordered.dropFirst())
        where previous.value.offset + previous.value.byteCount > current.value.offset {
            throw .entry(path: path, tensor: current.key, reason: "its data overlap those of \"\(previous.key)\"")
        }
        return entries
    }

    private static func entry(
        _ value: HeaderValue, name: String, path: String, dataStart: Int, dataEnd: Int
    ) throws(SafetensorsError) -> Entry {
        guard case .string(let type) = value["dtype"] else {
            throw .entry(path: path, tensor: name, reason: "it has no dtype")
        }
        guard let shape = integers(value["shape"]), shape.allSatisfy({ $0 >= 0 }) else {
            throw .entry(path: path, tensor: name, reason: "its shape is not a list of whole numbers")
        }
        guard let offsets = integers(value["data_offsets"]), offsets.count == 2 else {
            throw .entry(path: path, tensor: name, reason: "its data_offsets are not two whole numbers")
        }
        let length = dataEnd - dataStart
        guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= length else {
            throw .entry(
                path: path, tensor: name,
                reason: "its data_offsets \(offsets) do not lie in the \(length) bytes of data")
        }
        let byteCount = offsets[1] - offsets[0]
        // Extents of 0 count as 1 here: products of the others alone must not overflow either.
        var largest = elementBytes[type] ?? 1
        for extent in shape {
            let (product, overflow) = largest.multipliedReportingOverflow(by: max(1, extent))
            guard !overflow else { throw .entry(path: path, tensor: name, reason: "its shape is too large") }
            largest = product
        }
        let expected = shape.contains(0) ? 0 : largest
        guard elementBytes[type] == nil || expected == byteCount else {
            throw .entry(
                path: path, tensor: name,
                reason: "\(type) of shape \(shape) takes \(expected) bytes, but its data_offsets give \(byteCount)")
        }
        return Entry(type: type, shape: shape, offset: dataStart + offsets[0], byteCount: byteCount)
    }

    private static func integers(_ value: HeaderValue?) -> [Int]? {
        guard case .array(let elements) = value else { return nil }
        var numbers: [Int] = []
        for element in elements {
            guard case .integer(let number) = element else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// Bytes of one element; types that are not listed can be carried but not read.
    private static let elementBytes = [
        "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8, "U32": 4, "U16": 2,
        "U8": 1, "BOOL": 1,
    ]
}
