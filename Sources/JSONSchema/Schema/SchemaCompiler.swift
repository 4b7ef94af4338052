/// Turns a schema document into nodes, refusing every keyword it cannot enforce.
struct SchemaCompiler {
    /// Keywords that tell about a value without restricting it.
    static let annotations: Set<String> = [
        "title", "description", "default", "examples", "$schema", "$comment", "deprecated", "readOnly", "writeOnly",
    ]
    /// Keywords of some JSON Schema draft that are not enforced here.
    static let knownElsewhere: Set<String> = [
        "allOf", "oneOf", "not", "if", "then", "else", "prefixItems", "contains", "minContains", "maxContains",
        "uniqueItems", "additionalItems", "unevaluatedItems", "unevaluatedProperties", "patternProperties",
        "propertyNames", "minProperties", "maxProperties", "dependencies", "dependentRequired", "dependentSchemas",
        "pattern", "format", "contentEncoding", "contentMediaType", "contentSchema", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "$anchor", "$dynamicRef", "$dynamicAnchor",
        "$recursiveRef", "$recursiveAnchor", "$vocabulary", "divisibleBy", "extends", "disallow",
    ]
    static let maximumDepth = 256
    /// Longest chain of `$ref` and `anyOf` without a step into the value; bounds the stack of the validator.
    static let maximumChain = 32

    let document: JSONValue
    var nodes: [SchemaNode] = []
    private var indices: [JSONPointer: Int] = [:]
    private var pendingReferences: [(node: Int, target: JSONPointer)] = []

    init(document: JSONValue) { self.document = document }

    mutating func compile() throws(SchemaError) {
        _ = try compile(document, at: .root)
        while let (node, target) = pendingReferences.popLast() {
            guard let schema = document[target] else {
                throw SchemaError(
                    keyword: "$ref", at: nodes[node].pointer, "points to \(target), where the schema has nothing")
            }
            nodes[node].reference = try compile(schema, at: target)
        }
        try refuseLoops()
    }

    private mutating func compile(_ schema: JSONValue, at pointer: JSONPointer) throws(SchemaError) -> Int {
        if let index = indices[pointer] { return index }
        guard pointer.tokens.count <= 2 * Self.maximumDepth else {
            throw SchemaError(at: pointer, "is nested too deeply")
        }
        let index = nodes.count
        indices[pointer] = index
        nodes.append(SchemaNode(pointer: pointer))
        switch schema {
        case .bool(let admitsAll): nodes[index].isNever = !admitsAll
        case .object(let object):
            for (keyword, value) in object.members { try compile(keyword, value, of: index) }
            try checkConsistency(of: nodes[index])
        default:
            throw SchemaError(at: pointer, "is \(schema.typeDescription): a schema is an object, true or false")
        }
        return index
    }

    private mutating func compile(_ keyword: String, _ value: JSONValue, of index: Int) throws(SchemaError) {
        let reader = KeywordReader(keyword: keyword, value: value, pointer: nodes[index].pointer)
        switch keyword {
        case "type": nodes[index].types = try reader.types()
        case "properties":
            for (name, schema) in try reader.object().members {
                let node = try compile(schema, at: reader.pointer.appending(keyword).appending(name))
                nodes[index].properties.append((name, node))
                nodes[index].propertyNodes[KeyBytes(name)] = node
            }
        case "required": nodes[index].required = try reader.names()
        case "additionalProperties": nodes[index].allowsAdditionalProperties = try reader.additionalProperties()
        case "items":
            if case .array = value {
                throw reader.error("is a list: use one schema for all elements")
            }
            nodes[index].items = try compile(value, at: reader.pointer.appending(keyword))
        case "minItems": nodes[index].minItems = try reader.count()
        case "maxItems": nodes[index].maxItems = try reader.count()
        case "minLength": nodes[index].minLength = try reader.count()
        case "maxLength": nodes[index].maxLength = try reader.count()
        case "enum": nodes[index].allowedValues = try reader.nonEmptyArray()
        case "const": nodes[index].constant = value
        case "anyOf":
            for (position, schema) in try reader.nonEmptyArray().enumerated() {
                let node = try compile(schema, at: reader.pointer.appending(keyword).appending(position))
                nodes[index].anyOf.append(node)
            }
        case "$ref": pendingReferences.append((index, try reader.localReference()))
        case "$defs", "definitions":
            for (name, schema) in try reader.object().members {
                _ = try compile(schema, at: reader.pointer.appending(keyword).appending(name))
            }
        case "$id":
            guard reader.pointer == .root else { throw reader.error("is supported at the root only: remove it") }
        default:
            if Self.annotations.contains(keyword) || keyword.utf8.starts(with: "x-".utf8) { return }
            throw reader.error(
                Self.knownElsewhere.contains(keyword)
                    ? "is not supported yet: remove it, or say what it asks for in `description`"
                    : "is not a JSON Schema keyword: check its spelling, or begin its name with `x-`")
        }
    }

    private func checkConsistency(of node: SchemaNode) throws(SchemaError) {
        if let maxItems = node.maxItems, maxItems < node.minItems {
            throw SchemaError(keyword: "maxItems", at: node.pointer, "is less than `minItems`")
        }
        if let maxLength = node.maxLength, maxLength < node.minLength {
            throw SchemaError(keyword: "maxLength", at: node.pointer, "is less than `minLength`")
        }
        if !node.allowsAdditionalProperties {
            for name in node.required where node.propertyNodes[KeyBytes(name)] == nil {
                throw SchemaError(
                    keyword: "required", at: node.pointer,
                    "names \"\(name)\", which `properties` lacks while `additionalProperties` is false")
            }
        }
    }

    /// Refuses schemas that come back to themselves without a step into the value, such as `{"$ref": "#"}`.
    private func refuseLoops() throws(SchemaError) {
        var heights = [Int?](repeating: nil, count: nodes.count)
        var isOpen = [Bool](repeating: false, count: nodes.count)
        for index in nodes.indices { _ = try height(of: index, &heights, &isOpen, depth: 0) }
    }

    private func height(
        of index: Int, _ heights: inout [Int?], _ isOpen: inout [Bool], depth: Int
    ) throws(SchemaError) -> Int {
        if let known = heights[index] { return known }
        let keyword = nodes[index].reference == nil ? "anyOf" : "$ref"
        guard !isOpen[index] else {
            throw SchemaError(
                keyword: keyword, at: nodes[index].pointer,
                "leads back to its own schema without a step into the value: nothing would ever be decided")
        }
        isOpen[index] = true
        var height = 0
        for node in nodes[index].sameInstanceNodes where depth <= Self.maximumChain {
            height = max(height, try self.height(of: node, &heights, &isOpen, depth: depth + 1) + 1)
        }
        isOpen[index] = false
        guard height <= Self.maximumChain, depth <= Self.maximumChain else {
            throw SchemaError(
                keyword: keyword, at: nodes[index].pointer,
                "is part of a chain of more than \(Self.maximumChain) references: shorten it")
        }
        heights[index] = height
        return height
    }
}
