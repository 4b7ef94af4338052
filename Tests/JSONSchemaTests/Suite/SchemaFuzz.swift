import JSONSchema

/// Schemas and values at random, some of them taken apart and put together from given ones; the same for each seed.
struct SchemaFuzz {
    private var state: UInt64
    private var fragments: [JSONValue] = [true, false, [:]]

    init(seed: UInt64) { state = seed }

    /// Remembers a value and what it is made of as material.
    mutating func learn(_ value: JSONValue) {
        fragments.append(value)
        switch value {
        case .array(let elements): for element in elements { learn(element) }
        case .object(let object): for (_, member) in object.members { learn(member) }
        default: break
        }
    }

    /// SplitMix64.
    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((word ^ (word >> 31)) % UInt64(bound))
    }

    private static let keywords = [
        "type", "enum", "const", "minimum", "exclusiveMaximum", "multipleOf", "minLength", "pattern", "format", "items",
        "prefixItems", "contains", "minContains", "maxContains", "uniqueItems", "unevaluatedItems", "properties",
        "patternProperties", "additionalProperties", "propertyNames", "required", "dependentRequired",
        "dependentSchemas",
        "unevaluatedProperties", "minProperties", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref",
        "$dynamicRef", "$id", "$anchor", "$dynamicAnchor", "$defs", "$schema", "$recursiveRef", "dependencies", "id",
    ]
    private static let names = ["a", "b", "", "foo", "\u{E9}", "a~/b", "0"]
    private static let references = [
        "#", "#/$defs/a", "#a", "a", "#/properties/foo", "#/%7e", "urn:x",
        "https://json-schema.org/draft/2020-12/schema",
    ]
    private static let patterns = [
        "^a*$", "(a|b)+c", "[^\\d]{2,5}", "(?=a)b", "(?<!a)b|c", "\\p{L}", "(a*)*b", "(", "\\1", "^.{0,30}$", "a{2000}",
    ]

    mutating func value(_ depth: Int) -> JSONValue {
        switch next(depth > 0 ? 10 : 7) {
        case 0: return nil
        case 1: return .bool(next(2) == 0)
        case 2: return .number(JSONNumber(next(20) - 5))
        case 3: return [0.5, 1e300, -0.25][next(3)]
        case 4: return .string(["a", "", "abc", "2024-02-29", "\u{1F600}", "bbb"][next(6)])
        case 5: return .string(String(repeating: "ab", count: next(40)))
        case 6: return fragments[next(fragments.count)]
        case 7: return .array((0..<next(5)).map { _ in value(depth - 1) })
        default:
            return .object(
                JSONObject((0..<next(5)).map { _ in (Self.names[next(Self.names.count)], value(depth - 1)) }))
        }
    }

    mutating func schema(_ depth: Int) -> JSONValue {
        guard depth > 0, next(8) > 0 else { return fragments[next(fragments.count)] }
        var object = fragments[next(fragments.count)].objectValue ?? JSONObject()
        if next(2) == 0 { object = JSONObject() }
        for _ in 0...next(4) {
            let keyword = Self.keywords[next(Self.keywords.count)]
            object[keyword] = operand(of: keyword, depth)
        }
        return .object(object)
    }

    private mutating func operand(of keyword: String, _ depth: Int) -> JSONValue {
        if next(40) == 0 { return value(2) }
        switch keyword {
        case "type": return .string(["null", "integer", "number", "string", "array", "object"][next(6)])
        case "enum": return .array((0..<next(12)).map { _ in value(1) })
        case "const": return value(2)
        case "minimum", "exclusiveMaximum", "multipleOf", "minLength", "minContains", "maxContains", "minProperties":
            return .number(JSONNumber(next(5)))
        case "pattern": return .string(Self.patterns[next(Self.patterns.count)])
        case "format": return .string(["date", "uri", "idn-hostname", "regex", "email"][next(5)])
        case "uniqueItems": return .bool(next(2) == 0)
        case "required": return .array([.string(Self.names[next(Self.names.count)])])
        case "dependentRequired": return ["a": ["b"]]
        case "allOf", "anyOf", "oneOf", "prefixItems": return .array((0...next(3)).map { _ in schema(depth - 1) })
        case "properties", "dependentSchemas", "$defs", "dependencies":
            return .object(
                JSONObject((0...next(3)).map { _ in (Self.names[next(Self.names.count)], schema(depth - 1)) }))
        case "patternProperties":
            return .object(
                JSONObject((0...next(2)).map { _ in (Self.patterns[next(Self.patterns.count)], schema(depth - 1)) }))
        case "$ref", "$dynamicRef", "$id", "id": return .string(Self.references[next(Self.references.count)])
        case "$recursiveRef": return "#"
        case "$anchor", "$dynamicAnchor": return .string(["a", "b", "c"][next(3)])
        case "$schema": return .string(SchemaDialect.allCases[next(SchemaDialect.allCases.count)].uri)
        default: return schema(depth - 1)
        }
    }
}
