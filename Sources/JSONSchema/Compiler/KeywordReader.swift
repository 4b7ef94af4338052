/// Reads the value of one keyword, with an error that names it if the value is malformed.
struct KeywordReader {
    let keyword: String
    let value: JSONValue
    /// The schema that holds the keyword.
    let location: SchemaLocation
    /// URI of the document, for messages.
    let document: String

    func error(_ explanation: String) -> SchemaError {
        SchemaError(keyword: keyword, at: location.pointer, in: document, explanation)
    }

    func string() throws(SchemaError) -> String {
        guard let string = value.stringValue else { throw error("is \(value.typeDescription): it must be a string") }
        return string
    }

    func bool() throws(SchemaError) -> Bool {
        guard let bool = value.boolValue else { throw error("is \(value.typeDescription): it must be true or false") }
        return bool
    }

    func object() throws(SchemaError) -> JSONObject {
        guard let object = value.objectValue else { throw error("is \(value.typeDescription): it must be an object") }
        return object
    }

    func array() throws(SchemaError) -> [JSONValue] {
        guard let array = value.arrayValue else { throw error("is \(value.typeDescription): it must be an array") }
        return array
    }

    func nonEmptyArray() throws(SchemaError) -> [JSONValue] {
        let array = try array()
        guard !array.isEmpty else { throw error("is an empty array, which no value satisfies") }
        return array
    }

    func number() throws(SchemaError) -> JSONNumber {
        guard case .number(let number) = value else {
            throw error("is \(value.typeDescription): it must be a number")
        }
        return number
    }

    /// A whole number, zero or more; `2.0` counts, and what exceeds an `Int` is as good as the largest one.
    func count() throws(SchemaError) -> Int {
        guard case .number(let number) = value, number.isInteger else {
            throw error("must be a whole number, zero or more")
        }
        let decimal = ExactDecimal(lexeme: number.lexeme)
        guard !decimal.isNegative else { throw error("must be a whole number, zero or more") }
        return number.intValue ?? .max
    }

    /// A list of different strings.
    func names() throws(SchemaError) -> [String] {
        try Self.names(value, error)
    }

    static func names(
        _ value: JSONValue, _ error: (String) -> SchemaError
    ) throws(SchemaError) -> [String] {
        guard let array = value.arrayValue else {
            throw error("is \(value.typeDescription): it must be an array of strings")
        }
        var names: [String] = []
        var seen: Set<JSONValue> = []
        for element in array {
            guard let name = element.stringValue else { throw error("must be an array of strings") }
            guard seen.insert(element).inserted else { throw error("names \"\(name)\" twice") }
            names.append(name)
        }
        return names
    }

    func types(in dialect: SchemaDialect) throws(SchemaError) -> SchemaTypes {
        var types: SchemaTypes = dialect == .draft4 ? .integerBySpelling : []
        let names = if let name = value.stringValue { [name] } else { try self.names() }
        guard !names.isEmpty else { throw error("is an empty list, which no value satisfies") }
        for name in names {
            guard let type = SchemaTypes(name: name) else {
                let known = SchemaTypes.named.map(\.name).joined(separator: ", ")
                throw error("names the unknown type \"\(name)\": the types are \(known)")
            }
            types.insert(type)
        }
        return types
    }

    func pattern(_ source: String) throws(SchemaError) -> Pattern {
        do {
            return try Pattern(source)
        } catch {
            throw self.error("holds the regular expression \"\(source)\", which \(error.message)")
        }
    }
}
