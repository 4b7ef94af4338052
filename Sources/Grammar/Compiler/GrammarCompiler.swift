import JSONSchema

/// Turns a schema document into a program: first a table of values with their alternatives, then lengths and tries.
struct GrammarCompiler {
    static let maximumSchemaDepth = 512
    /// Longest chain of `$ref` and `anyOf` without a step into the value.
    static let maximumChain = 64

    /// A schema seen through the types its surroundings leave open.
    struct ValueKey: Hashable {
        let pointer: JSONPointer
        let types: GrammarTypes
    }

    let document: JSONValue
    let options: GrammarOptions
    /// Keys of the values in the order they were asked for; the root is first.
    private(set) var keys: [ValueKey] = []
    private var valueIndices: [ValueKey: Int] = [:]
    private var known: [ValueKey: Alternatives] = [:]
    private var open: Set<ValueKey> = []
    private(set) var strings: [LengthRange] = []
    private var stringIndices: [LengthRange: Int] = [:]
    private(set) var objects: [ObjectDraft] = []
    private var objectIndices: [JSONPointer: Int] = [:]
    private(set) var arrays: [ArrayDraft] = []
    private var arrayIndices: [JSONPointer: Int] = [:]

    init(document: JSONValue, options: GrammarOptions) {
        self.document = document
        self.options = options
    }

    mutating func compile() throws(GrammarError) -> GrammarProgram {
        _ = value(ValueKey(pointer: .root, types: .all))
        var values: [Alternatives] = []
        // Compiling a value may ask for more values.
        while values.count < keys.count { values.append(try alternatives(of: keys[values.count], depth: 0)) }
        var builder = ProgramBuilder(compiler: self, values: values)
        return try builder.build()
    }

    /// The index of a value, which is compiled later if it is new.
    private mutating func value(_ key: ValueKey) -> Int {
        if let index = valueIndices[key] { return index }
        valueIndices[key] = keys.count
        keys.append(key)
        return keys.count - 1
    }

    /// Everything a value may be, with `anyOf` and `$ref` resolved.
    private mutating func alternatives(of key: ValueKey, depth: Int) throws(GrammarError) -> Alternatives {
        if let alternatives = known[key] { return alternatives }
        let pointer = key.pointer
        guard depth <= Self.maximumChain, pointer.tokens.count <= Self.maximumSchemaDepth else {
            throw GrammarError(at: pointer, "is nested too deeply, or in a chain of too many references")
        }
        guard open.insert(key).inserted else {
            throw GrammarError(
                at: pointer, "leads back to itself by `$ref` and `anyOf` without a step into the value: break the loop")
        }
        defer { open.remove(key) }
        guard let schema = document[pointer] else { throw GrammarError(at: pointer, "does not exist") }
        let alternatives: Alternatives
        switch schema {
        case .object(let object):
            let shape = try SchemaShape(object, at: pointer)
            if shape.reference != nil || !shape.anyOf.isEmpty {
                alternatives = try composed(shape, types: key.types, depth: depth)
            } else if let constants = shape.constants {
                alternatives = try self.constants(constants, shape, types: key.types)
            } else {
                alternatives = try typed(shape, types: key.types)
            }
        case .bool(true):
            guard key.types != .all else { throw Self.untyped(pointer) }
            alternatives = try typed(try SchemaShape(JSONObject(), at: pointer), types: key.types)
        case .bool(false): alternatives = Alternatives()
        default: throw GrammarError(at: pointer, "is \(schema.typeDescription): a schema is an object, true or false")
        }
        known[key] = alternatives
        return alternatives
    }

    private static func untyped(_ pointer: JSONPointer) -> GrammarError {
        GrammarError(keyword: "type", at: pointer, "is missing and would admit anything: name a type")
    }

    /// `anyOf` or `$ref`, beside which only `type` can be merged in.
    private mutating func composed(
        _ shape: SchemaShape, types: GrammarTypes, depth: Int
    ) throws(GrammarError) -> Alternatives {
        let keyword = shape.reference != nil ? "$ref" : "anyOf"
        for sibling in shape.effective where sibling != keyword && sibling != "type" {
            throw shape.error(
                sibling, "beside `\(keyword)` is not supported yet: move it into what `\(keyword)` leads to")
        }
        let types = types.intersection(shape.types ?? .all)
        if let reference = shape.reference {
            guard document[reference] != nil else {
                throw shape.error("$ref", "points to \(reference), where the schema has nothing")
            }
            return try alternatives(of: ValueKey(pointer: reference, types: types), depth: depth + 1)
        }
        var union = Alternatives()
        for position in shape.anyOf.indices {
            let pointer = shape.pointer.appending("anyOf").appending(position)
            union.formUnion(try alternatives(of: ValueKey(pointer: pointer, types: types), depth: depth + 1))
        }
        return union
    }

    /// `enum` and `const`: the values that satisfy the other keywords.
    private func constants(
        _ constants: [JSONValue], _ shape: SchemaShape, types: GrammarTypes
    ) throws(GrammarError) -> Alternatives {
        let merged: Set<String> = ["enum", "const", "type", "minLength", "maxLength"]
        for sibling in shape.effective where !merged.contains(sibling) {
            throw shape.error(sibling, "beside `enum` or `const` is not supported yet: remove it")
        }
        let allowed = constants.filter { constant in
            guard let string = constant.stringValue else { return shape.types?.admits(constant) ?? true }
            let length = string.unicodeScalars.count
            return shape.types?.admits(constant) ?? true && length >= shape.minLength && length <= shape.maxLength
        }
        guard !allowed.isEmpty else {
            let keyword = shape.effective.contains("enum") ? "enum" : "const"
            throw shape.error(keyword, "has no value that fits its siblings")
        }
        var result = Alternatives()
        for constant in allowed where types.admits(constant) { result.add(literal: constant.serialized()) }
        return result
    }

    /// A schema that describes values of one or more types.
    private mutating func typed(_ shape: SchemaShape, types: GrammarTypes) throws(GrammarError) -> Alternatives {
        var declared = shape.types ?? .all
        if shape.types == nil {
            var inferred: GrammarTypes = []
            let keywords = Set(shape.effective)
            if !keywords.isDisjoint(with: ["properties", "required", "additionalProperties"]) { inferred = .object }
            if !keywords.isDisjoint(with: ["items", "minItems", "maxItems"]) { inferred.formUnion(.array) }
            if !keywords.isDisjoint(with: ["minLength", "maxLength"]) { inferred.formUnion(.string) }
            if inferred.rawValue.nonzeroBitCount > 1 {
                throw shape.error("type", "is missing and its siblings belong to several types: name a type")
            }
            if inferred.isEmpty, types == .all { throw Self.untyped(shape.pointer) }
            if !inferred.isEmpty { declared = inferred }
        }
        let types = types.intersection(declared)
        var result = Alternatives()
        if types.contains(.null) { result.add(literal: Array("null".utf8)) }
        if types.contains(.boolean) {
            result.add(literal: Array("true".utf8))
            result.add(literal: Array("false".utf8))
        }
        if types.contains(.integer) { result.number = types.contains(.number) ? .number : .integer }
        if types.contains(.string) { result.strings = [string(LengthRange(shape.minLength, shape.maxLength))] }
        if types.contains(.array) { result.arrays = [try array(shape)] }
        if types.contains(.object) { result.objects = [object(shape)] }
        return result
    }

    private mutating func string(_ range: LengthRange) -> Int {
        if let index = stringIndices[range] { return index }
        stringIndices[range] = strings.count
        strings.append(range)
        return strings.count - 1
    }

    private mutating func array(_ shape: SchemaShape) throws(GrammarError) -> Int {
        if let index = arrayIndices[shape.pointer] { return index }
        guard shape.hasItems || shape.maxItems == 0 else {
            throw shape.error("items", "is missing and would admit anything: give `items` a schema with a type")
        }
        arrayIndices[shape.pointer] = arrays.count
        let index = arrays.count
        arrays.append(ArrayDraft(count: LengthRange(shape.minItems, shape.maxItems)))
        if shape.maxItems > 0 {
            arrays[index].items = value(ValueKey(pointer: shape.pointer.appending("items"), types: .all))
        }
        return index
    }

    private mutating func object(_ shape: SchemaShape) -> Int {
        if let index = objectIndices[shape.pointer] { return index }
        objectIndices[shape.pointer] = objects.count
        let index = objects.count
        objects.append(ObjectDraft())
        let required = Set(shape.required.map { JSONValue.string($0) })
        for (name, _) in shape.properties {
            let pointer = shape.pointer.appending("properties").appending(name)
            let member = ObjectDraft.Member(
                key: Array(JSONValue.string(name).serialized().dropFirst()),
                value: value(ValueKey(pointer: pointer, types: .all)), isRequired: required.contains(.string(name)))
            objects[index].members.append(member)
        }
        return index
    }
}
