import JSONSchema

/// Changes JSON values and texts at random: structure first, bytes now and then.
struct SchemaMutator {
    var random: FuzzRandom
    let seeds: FuzzSeeds

    /// Deepest nesting that is made on purpose; the parser reads 256.
    static let deepNesting = 240
    private static let applicators = [
        "allOf", "anyOf", "oneOf", "not", "items", "if", "contains", "additionalProperties", "properties",
    ]

    /// A schema made from a seed by some changes.
    mutating func schema(from schema: JSONValue) -> JSONValue {
        var result = schema
        for _ in 0...random.below(3) { result = changed(result, at: .schema, depth: 0) }
        return result
    }

    /// An instance made from a seed by some changes.
    mutating func instance(from instance: JSONValue) -> JSONValue {
        var result = instance
        for _ in 0...random.below(2) { result = changed(result, at: .value, depth: 0) }
        return result
    }

    /// The value with a change somewhere inside it.
    private mutating func changed(_ value: JSONValue, at place: SchemaPlace, depth: Int) -> JSONValue {
        if depth < Self.deepNesting, !random.oneIn(5) {
            switch value {
            case .array(var elements) where !elements.isEmpty:
                let index = random.below(elements.count)
                elements[index] = changed(elements[index], at: place.inside ?? .value, depth: depth + 1)
                return .array(elements)
            case .object(var object) where !object.isEmpty:
                let key = object.members[random.below(object.count)].key
                let inside = place.inside ?? SchemaPlace(keyword: key)
                object[key] = changed(object[key] ?? .null, at: inside, depth: depth + 1)
                return .object(object)
            default: break
            }
        }
        // Now and then whatever may be: most of these are no schemas, and must be refused.
        return changedHere(value, at: random.oneIn(25) ? .value : place)
    }

    private mutating func changedHere(_ value: JSONValue, at place: SchemaPlace) -> JSONValue {
        switch (place, value) {
        case (.schema, .object(let object)):
            switch random.below(8) {
            case 0: return anySchema()
            case 1: return wrapped(value)
            default: return changedSchema(object)
            }
        case (.schema, _): return anySchema()
        case (.schemaMap, .object(let object)): return changedMembers(object, adding: anySchema())
        case (.schemaList, .array(let elements)): return changedArray(elements, adding: anySchema())
        case (.operand(let keyword), _): return random.oneIn(3) ? changedValue(value) : operand(of: keyword)
        default: return changedValue(value)
        }
    }

    private mutating func changedSchema(_ object: JSONObject) -> JSONValue {
        var members = object.members
        let index = random.below(members.count)
        switch random.below(members.isEmpty ? 3 : 8) {
        case 0, 1, 2:
            let keyword = random.pick(HostileValues.keywords, or: "type")
            members.append((keyword, operand(of: keyword)))
        case 3: members.remove(at: index)
        case 4: members[index].key = random.pick(HostileValues.keywords, or: "type")
        case 5: members[index].value = operand(of: members[index].key)
        case 6:
            // The members of another schema beside those of this one.
            members += anySchema().objectValue?.members ?? []
        default: members.shuffle(using: &random)
        }
        return .object(JSONObject(members))
    }

    /// The schema inside others, once or very often.
    private mutating func wrapped(_ schema: JSONValue) -> JSONValue {
        var result = schema
        for _ in 0...(random.oneIn(8) ? random.below(Self.deepNesting) : 1) {
            let keyword = random.pick(Self.applicators, or: "not")
            switch SchemaPlace(keyword: keyword) {
            case .schemaList:
                // A copy of the whole once only: copies of copies grow without bounds.
                if random.oneIn(6) { return .object(JSONObject([(keyword, [result, result])])) }
                result = .object(JSONObject([(keyword, [result, anySchema()])]))
            case .schemaMap: result = .object(JSONObject([(keyword, ["a": result])]))
            default: result = .object(JSONObject([(keyword, result)]))
            }
        }
        return result
    }

    private mutating func anySchema() -> JSONValue {
        if random.oneIn(12) { return .bool(random.oneIn(2)) }
        return random.pick(seeds.subschemas, or: true)
    }

    /// Something that a keyword might hold.
    private mutating func operand(of keyword: String) -> JSONValue {
        switch SchemaPlace(keyword: keyword) {
        case .schema: return anySchema()
        case .schemaList: return .array((0...random.below(3)).map { _ in anySchema() })
        case .schemaMap:
            let names = keyword == "patternProperties" ? HostileValues.patterns : HostileValues.names
            return .object(JSONObject((0...random.below(3)).map { _ in (random.pick(names, or: "a"), anySchema()) }))
        default: return plainOperand(of: keyword)
        }
    }

    private mutating func plainOperand(of keyword: String) -> JSONValue {
        switch keyword {
        case "type":
            let types = (0...random.below(3)).map { _ in JSONValue.string(random.pick(HostileValues.types, or: "null"))
            }
            return random.oneIn(3) ? .array(types) : types[0]
        case "pattern": return .string(random.pick(HostileValues.patterns, or: ""))
        case "format": return .string(random.pick(HostileValues.formats, or: ""))
        case "enum": return .array((0...random.below(6)).map { _ in random.pick(seeds.fragments, or: .null) })
        case "const": return random.pick(seeds.fragments, or: .null)
        case "required": return .array([.string(random.pick(HostileValues.names, or: "a"))])
        case "dependentRequired": return ["a": ["b"], "type": ["name"]]
        case "uniqueItems", "$recursiveAnchor", "nullable": return .bool(!random.oneIn(4))
        case "$ref", "$dynamicRef", "$recursiveRef", "$id", "id", "$schema":
            return .string(random.pick(HostileValues.references, or: "#"))
        case "$anchor", "$dynamicAnchor": return .string(random.pick(["a", "b", "1", ""], or: "a"))
        case "x-order": return "any"
        case let name where name.hasPrefix("min") || name.hasPrefix("max"):
            return random.oneIn(3)
                ? random.pick(HostileValues.numbers, or: .null) : .number(JSONNumber(random.below(8)))
        case "multipleOf", "exclusiveMinimum", "exclusiveMaximum": return random.pick(HostileValues.numbers, or: .null)
        default: return random.pick(seeds.fragments, or: .null)
        }
    }
}
