/// Reads the value of one keyword, with an error that names it if the value is malformed.
struct KeywordReader {
    let keyword: String
    let value: JSONValue
    /// The schema that holds the keyword.
    let pointer: JSONPointer

    func error(_ explanation: String) -> SchemaError { SchemaError(keyword: keyword, at: pointer, explanation) }

    func object() throws(SchemaError) -> JSONObject {
        guard let object = value.objectValue else { throw error("is \(value.typeDescription): it must be an object") }
        return object
    }

    func nonEmptyArray() throws(SchemaError) -> [JSONValue] {
        guard let array = value.arrayValue else { throw error("is \(value.typeDescription): it must be an array") }
        guard !array.isEmpty else { throw error("is an empty array, which no value satisfies") }
        return array
    }

    /// A whole number, zero or more; `2.0` counts.
    func count() throws(SchemaError) -> Int {
        guard let count = value.intValue, count >= 0 else {
            throw error("must be a whole number, zero or more")
        }
        return count
    }

    /// A list of different strings.
    func names() throws(SchemaError) -> [String] {
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

    func types() throws(SchemaError) -> SchemaTypes {
        var types: SchemaTypes = []
        let names = if let name = value.stringValue { [name] } else { try self.names() }
        for name in names {
            guard let type = SchemaTypes(name: name) else {
                let known = SchemaTypes.named.map(\.name).joined(separator: ", ")
                throw error("names the unknown type \"\(name)\": the types are \(known)")
            }
            types.insert(type)
        }
        guard !types.isEmpty else { throw error("is an empty list, which no value satisfies") }
        return types
    }

    func additionalProperties() throws(SchemaError) -> Bool {
        guard let allowed = value.boolValue else {
            throw error("is \(value.typeDescription): only true and false are supported yet")
        }
        return allowed
    }

    func localReference() throws(SchemaError) -> JSONPointer {
        guard let reference = value.stringValue else {
            throw error("is \(value.typeDescription): it must be a string")
        }
        guard let pointer = JSONPointer(fragment: reference) else {
            throw error("is \"\(reference)\": only references inside the document are supported, such as #/$defs/name")
        }
        return pointer
    }
}
