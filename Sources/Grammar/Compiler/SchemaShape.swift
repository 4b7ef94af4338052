import JSONSchema

/// A set of value types; `number` always comes with `integer`, so that sets can be intersected.
struct GrammarTypes: OptionSet, Hashable {
    let rawValue: UInt8
    static let null = GrammarTypes(rawValue: 1)
    static let boolean = GrammarTypes(rawValue: 2)
    static let integer = GrammarTypes(rawValue: 4)
    static let number = GrammarTypes(rawValue: 8 | 4)
    static let string = GrammarTypes(rawValue: 16)
    static let array = GrammarTypes(rawValue: 32)
    static let object = GrammarTypes(rawValue: 64)
    static let all = GrammarTypes(rawValue: 127)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init?(name: String) {
        switch name {
        case "null": self = .null
        case "boolean": self = .boolean
        case "integer": self = .integer
        case "number": self = .number
        case "string": self = .string
        case "array": self = .array
        case "object": self = .object
        default: return nil
        }
    }

    func admits(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .number(let number): contains(number.isInteger ? .integer : .number)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }
}

/// The keywords of one schema object, read and checked but not yet compiled.
struct SchemaShape {
    private static let annotations: Set<String> = [
        "title", "description", "default", "examples", "$schema", "$comment", "deprecated", "readOnly", "writeOnly",
    ]

    let pointer: JSONPointer
    /// Keywords with an effect, in order.
    private(set) var effective: [String] = []
    private(set) var types: GrammarTypes?
    private(set) var properties: [(key: String, value: JSONValue)] = []
    private(set) var required: [String] = []
    private(set) var hasItems = false
    private(set) var minItems = 0
    private(set) var maxItems = Int.max
    private(set) var minLength = 0
    private(set) var maxLength = Int.max
    /// The values of `enum` and `const`, if there are such keywords.
    private(set) var constants: [JSONValue]?
    private(set) var anyOf: [JSONValue] = []
    private(set) var reference: JSONPointer?

    init(_ object: JSONObject, at pointer: JSONPointer) throws(GrammarError) {
        self.pointer = pointer
        for (keyword, value) in object.members { try read(keyword, value) }
        if minItems > maxItems { throw error("maxItems", "is less than `minItems`") }
        if minLength > maxLength { throw error("maxLength", "is less than `minLength`") }
        let declared = Set(properties.map { Array($0.key.utf8) })
        for name in required where !declared.contains(Array(name.utf8)) {
            throw error("required", "names \"\(name)\", which `properties` does not declare: declare it with a type")
        }
    }

    func error(_ keyword: String, _ explanation: String) -> GrammarError {
        GrammarError(keyword: keyword, at: pointer, explanation)
    }

    private mutating func read(_ keyword: String, _ value: JSONValue) throws(GrammarError) {
        switch keyword {
        case "type": types = try readTypes(value)
        case "properties": properties = try readObject(keyword, value).members
        case "required": required = try readNames(keyword, value)
        case "additionalProperties":
            // No undeclared property is ever generated, so true and false come to the same.
            guard value.boolValue != nil else {
                throw error(keyword, "is \(value.typeDescription): only true and false are supported yet")
            }
        case "items":
            guard value.objectValue != nil || value.boolValue != nil else {
                throw error(keyword, "is \(value.typeDescription): use one schema for all elements")
            }
            hasItems = true
        case "minItems": minItems = try readCount(keyword, value)
        case "maxItems": maxItems = try readCount(keyword, value)
        case "minLength": minLength = try readCount(keyword, value)
        case "maxLength": maxLength = try readCount(keyword, value)
        case "enum":
            let values = try readList(keyword, value)
            constants = constants.map { known in known.filter(values.contains) } ?? values
        case "const": constants = constants.map { known in known.filter { $0 == value } } ?? [value]
        case "anyOf": anyOf = try readList(keyword, value)
        case "$ref":
            guard let text = value.stringValue, let target = JSONPointer(fragment: text) else {
                throw error(keyword, "must be a reference inside the document, such as #/$defs/name")
            }
            reference = target
        case "$defs", "definitions":
            for (name, schema) in try readObject(keyword, value).members {
                try Self.check(schema, at: pointer.appending(keyword).appending(name))
            }
            return
        case "$id":
            guard pointer == .root else { throw error(keyword, "is supported at the root only: remove it") }
            return
        default:
            if Self.annotations.contains(keyword) || keyword.utf8.starts(with: "x-".utf8) { return }
            throw error(
                keyword,
                "is not supported yet: remove it, or say what it asks for in `description`; if it is meant as "
                    + "a note, begin its name with `x-`")
        }
        effective.append(keyword)
    }

    /// Reads a definition, which may never be used, for its keywords only.
    private static func check(_ schema: JSONValue, at pointer: JSONPointer) throws(GrammarError) {
        guard pointer.tokens.count <= GrammarCompiler.maximumSchemaDepth else {
            throw GrammarError(at: pointer, "is nested too deeply")
        }
        switch schema {
        case .object(let object): _ = try SchemaShape(object, at: pointer)
        case .bool: break
        default: throw GrammarError(at: pointer, "is \(schema.typeDescription): a schema is an object, true or false")
        }
    }

    private func readObject(_ keyword: String, _ value: JSONValue) throws(GrammarError) -> JSONObject {
        guard let object = value.objectValue else {
            throw error(keyword, "is \(value.typeDescription): it must be an object")
        }
        return object
    }

    private func readList(_ keyword: String, _ value: JSONValue) throws(GrammarError) -> [JSONValue] {
        guard let list = value.arrayValue, !list.isEmpty else {
            throw error(keyword, "must be an array that is not empty")
        }
        return list
    }

    private func readCount(_ keyword: String, _ value: JSONValue) throws(GrammarError) -> Int {
        guard let count = value.intValue, count >= 0 else {
            throw error(keyword, "must be a whole number, zero or more")
        }
        return count
    }

    private func readNames(_ keyword: String, _ value: JSONValue) throws(GrammarError) -> [String] {
        guard let list = value.arrayValue else { throw error(keyword, "must be an array of strings") }
        var names: [String] = []
        for element in list {
            guard let name = element.stringValue else { throw error(keyword, "must be an array of strings") }
            names.append(name)
        }
        guard Set(list).count == list.count else { throw error(keyword, "names something twice") }
        return names
    }

    private func readTypes(_ value: JSONValue) throws(GrammarError) -> GrammarTypes {
        var types: GrammarTypes = []
        let names = if let name = value.stringValue { [name] } else { try readNames("type", value) }
        for name in names {
            guard let type = GrammarTypes(name: name) else {
                throw error("type", "names the unknown type \"\(name)\"")
            }
            types.formUnion(type)
        }
        guard !types.isEmpty else { throw error("type", "is an empty list, which no value satisfies") }
        return types
    }
}
