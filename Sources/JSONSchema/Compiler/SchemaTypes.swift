/// The value types a schema can name; every integer is a number as well.
struct SchemaTypes: OptionSet, Hashable {
    let rawValue: UInt8
    static let null = SchemaTypes(rawValue: 1)
    static let boolean = SchemaTypes(rawValue: 2)
    static let integer = SchemaTypes(rawValue: 4)
    static let number = SchemaTypes(rawValue: 8)
    static let string = SchemaTypes(rawValue: 16)
    static let array = SchemaTypes(rawValue: 32)
    static let object = SchemaTypes(rawValue: 64)
    /// Draft 4: an integer is what is spelt without fraction and exponent, so `1.0` is none.
    static let integerBySpelling = SchemaTypes(rawValue: 128)

    static let named: [(name: String, type: SchemaTypes)] = [
        ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number), ("string", .string),
        ("array", .array), ("object", .object),
    ]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The type called `name`, or nil if JSON Schema has none of that name.
    init?(name: String) {
        guard let type = Self.named.first(where: { $0.name == name })?.type else { return nil }
        self = type
    }

    func admits(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .number(let number):
            contains(.number)
                || contains(.integer) && (contains(.integerBySpelling) ? number.isSpeltAsInteger : number.isInteger)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }

    var description: String {
        Self.named.filter { contains($0.type) }.map(\.name).joined(separator: " or ")
    }
}
