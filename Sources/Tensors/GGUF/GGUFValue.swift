/// Type and place of one value of metadata; the value itself is read when it is asked for.
struct GGUFValue: Sendable {
    /// More elements than any vocabulary or list of merges has.
    static let longestArray = 1 << 24
    /// Arrays in arrays in arrays: far more than any file needs.
    private static let deepest = 4

    let type: GGUFValueType
    /// Type and number of an array's elements.
    let elements: (type: GGUFValueType, count: Int)?
    /// The bytes of the value: of a string without its length, of an array those of its elements.
    let place: Range<Int>

    /// Goes over a type and a value of this type.
    init(_ cursor: inout GGUFCursor) throws(GGUFError) {
        let type = try Self.type(&cursor)
        try self.init(type, &cursor, depth: 0)
    }

    private init(_ type: GGUFValueType, _ cursor: inout GGUFCursor, depth: Int) throws(GGUFError) {
        self.type = type
        if type == .string {
            elements = nil
            place = try cursor.text("a string")
        } else if let size = type.byteCount {
            elements = nil
            let start = try cursor.skip(size, "a value")
            place = start..<cursor.offset
            if type == .bool, type.bool(cursor.file.bytes + start) == nil {
                throw .header(path: cursor.file.path, offset: start, reason: "a bool is neither 0 nor 1")
            }
        } else {
            guard depth < Self.deepest else { throw cursor.failure("arrays are nested too deeply") }
            let element = try Self.type(&cursor)
            let count = try cursor.count(of: "elements", size: element.leastByteCount, limit: Self.longestArray)
            elements = (element, count)
            let start = cursor.offset
            if let size = element.byteCount {
                // The count was checked to fit into the file.
                _ = try cursor.skip(count * size, "an array")
            } else if element == .string {
                for _ in 0..<count { _ = try cursor.text("a string") }
            } else {
                for _ in 0..<count { _ = try GGUFValue(element, &cursor, depth: depth + 1) }
            }
            place = start..<cursor.offset
        }
    }

    /// The type as an error names it.
    var typeName: String {
        elements.map { "an array of \($0.count) \($0.type.name)" } ?? type.name
    }

    private static func type(_ cursor: inout GGUFCursor) throws(GGUFError) -> GGUFValueType {
        let start = cursor.offset
        let number = try cursor.integer(UInt32.self, "the type of a value")
        guard let type = GGUFValueType(rawValue: number) else {
            throw cursor.failure("there is no type of values with the number \(number)", at: start)
        }
        return type
    }
}
