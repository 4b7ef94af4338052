import JSONSchema

/// Turns a schema table into drafts of all values that a text of the grammar can hold.
///
/// Each value is a set of subschemas that hold together (`ValueKey`); its disjunctive normal form gives its alternatives,
/// and these ask for more values. There are finitely many sets, so recursive schemas end.
struct GrammarCompiler {
    /// Values beyond which a schema is refused.
    static let maximumValues = 50_000
    /// Steps, of about a microsecond each, beyond which a schema is refused.
    static let maximumWork = 150_000

    let options: GrammarOptions
    private let table: SchemaTable
    /// The schemas of the table, and behind them those that constants stand for.
    private(set) var nodes: [SchemaNode]
    /// The schema in whose `enum` or `const` each of the latter stands.
    private var origins: [Int] = []
    /// What lenient compilation left to the validator.
    private(set) var warnings: [GrammarError] = []
    private var scopes: DynamicScopes
    private var structures: [JSONValue: Int32] = [:]

    /// Steps taken so far.
    var work = 0
    private(set) var keys: [ValueKey] = []
    private(set) var values: [ValueDraft] = []
    private var indices: [ValueKey: Int32] = [:]

    var strings = StringRules()
    var numbers = NumberRules()
    private(set) var arrays: [ArrayDraft] = []
    /// A schema of each, for messages.
    private var arrayNodes: [Int] = []
    private var arrayIndices: [ArrayDraft: Int32] = [:]
    private(set) var objects: [ObjectDraft] = []
    private var objectIndices: [ObjectDraft: Int32] = [:]

    init(_ table: SchemaTable, options: GrammarOptions) {
        self.options = options
        self.table = table
        nodes = table.nodes
        scopes = DynamicScopes(resources: table.resources)
    }

    mutating func compile() throws(GrammarError) {
        try checkLoops()
        _ = value([Literal(node: 0)], needsUniqueSpelling: false)
        // Compiling a value may ask for more values.
        while values.count < keys.count {
            guard keys.count <= Self.maximumValues else {
                throw GrammarError(
                    at: .root, "combines subschemas into more than \(Self.maximumValues) different values: simplify it")
            }
            values.append(try draft(of: keys[values.count]))
        }
        try checkUniqueArrays()
    }

    /// The index of a value, which is compiled later if it is new.
    mutating func value(_ literals: [Literal], needsUniqueSpelling: Bool) -> Int32 {
        let key = ValueKey(literals, needsUniqueSpelling: needsUniqueSpelling)
        if let index = indices[key] { return index }
        let index = Int32(keys.count)
        indices[key] = index
        keys.append(key)
        return index
    }

    private mutating func draft(of key: ValueKey) throws(GrammarError) -> ValueDraft {
        var draft = ValueDraft()
        var types = TypeSet.all
        for literal in key.literals where !literal.isNegated { types.formIntersection(nodes[Int(literal.node)].types) }
        for type in ValueType.allCases where !types.isDisjoint(with: type.types) {
            var expander = ClauseExpander(key, type: type)
            for clause in try expander.expand(&self) {
                guard work <= Self.maximumWork else { throw expander.tooMany(self) }
                switch type {
                case .null: if admits(.null, clause) { draft.add(literal: Array("null".utf8)) }
                case .boolean:
                    if admits(.bool(true), clause) { draft.add(literal: Array("true".utf8)) }
                    if admits(.bool(false), clause) { draft.add(literal: Array("false".utf8)) }
                case .number: try addNumbers(clause, key, to: &draft)
                case .string: try addStrings(clause, key, to: &draft)
                case .array: try addArrays(clause, key, to: &draft)
                case .object: try addObjects(clause, key, to: &draft)
                }
            }
        }
        return draft
    }

    /// Elements that must differ are told apart where they end. A scalar can then still become another one; an array or an
    /// object may have no other way to go on.
    private mutating func checkUniqueArrays() throws(GrammarError) {
        for index in arrays.indices where arrays[index].isUnique {
            let hasContainers = arrays[index].positions.joined().contains { element in
                let value = values[Int(element.value)]
                return !value.arrays.isEmpty || !value.objects.isEmpty
            }
            guard hasContainers else { continue }
            try refuse(
                "uniqueItems", arrayNodes[index],
                "cannot be held for elements that are arrays or objects: give `items` scalar types, or leave it to the validator"
            )
            arrays[index].isUnique = false
        }
    }

    private func admits(_ value: JSONValue, _ clause: Clause) -> Bool {
        clause.constants?.contains(value) ?? true && !clause.excluded.contains(value)
    }

    mutating func index(of draft: ArrayDraft, node: Int) -> Int32 {
        if let index = arrayIndices[draft] { return index }
        let index = Int32(arrays.count)
        arrayIndices[draft] = index
        arrays.append(draft)
        arrayNodes.append(node)
        return index
    }

    mutating func index(of draft: ObjectDraft) -> Int32 {
        if let index = objectIndices[draft] { return index }
        let index = Int32(objects.count)
        objectIndices[draft] = index
        objects.append(draft)
        return index
    }
}

// Schemas, references and refusals.
extension GrammarCompiler {
    /// An error about a keyword of a schema; `explanation` goes on after naming the place.
    func error(_ keyword: String, _ node: Int, _ explanation: String) -> GrammarError {
        table.error(
            keyword, of: Int32(node < table.nodes.count ? node : origins[node - table.nodes.count]), explanation)
    }

    /// Refuses a schema, or leaves the keyword to the validator where the options say so.
    mutating func refuse(_ keyword: String, _ node: Int, _ explanation: String) throws(GrammarError) {
        let error = error(keyword, node, explanation)
        guard options.isLenient else { throw error }
        if !warnings.contains(error) { warnings.append(error) }
    }

    mutating func entering(_ node: Int, from scope: Int32) -> Int32 {
        scopes.entering(nodes[node].resource, from: scope)
    }

    /// What `$dynamicRef` of a schema leads to, or nil if it has none.
    func dynamicTarget(_ node: Int, scope: Int32) -> Int32? {
        guard let reference = nodes[node].dynamicReference else { return nil }
        return reference.anchor.flatMap { scopes.target($0, in: scope) } ?? reference.node
    }

    func isTrue(_ node: Int32) -> Bool { nodes[Int(node)].isTrue }

    /// The schema that an array or an object of `enum` or `const` alone satisfies.
    mutating func structure(of value: JSONValue, at node: Int) throws(GrammarError) -> Int32 {
        if let index = structures[value] { return index }
        var schema = SchemaNode(place: nodes[node].place, resource: nodes[node].resource)
        switch value {
        case .array(let elements):
            schema.types = .array
            for element in elements { schema.prefixItems.append(try structure(of: element, at: node)) }
            schema.minItems = elements.count
            schema.maxItems = elements.count
        case .object(let object):
            schema.types = .object
            for (name, member) in object.members {
                schema.properties.append((name, try structure(of: member, at: node)))
                schema.required.append(name)
            }
            schema.maxProperties = object.count
        default: schema.constant = value
        }
        let index = Int32(nodes.count)
        nodes.append(schema)
        origins.append(node < table.nodes.count ? node : origins[node - table.nodes.count])
        structures[value] = index
        return index
    }

    /// Refuses schemas that lead back to themselves without a step into the value.
    private func checkLoops() throws(GrammarError) {
        // 0: new, 1: on the way, 2: done.
        var states = [UInt8](repeating: 0, count: nodes.count)
        for root in nodes.indices where states[root] == 0 {
            var path: [(node: Int, next: Int, targets: [Int32])] = [(root, 0, inPlace(root))]
            states[root] = 1
            while let last = path.last {
                guard last.next < last.targets.count else {
                    states[last.node] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let target = Int(last.targets[last.next])
                if states[target] == 1 {
                    throw error(
                        "", target, "leads back to itself by references without a step into the value: break the loop")
                }
                if states[target] == 0 {
                    states[target] = 1
                    path.append((target, 0, inPlace(target)))
                }
            }
        }
    }

    /// The subschemas that speak of the same value.
    private func inPlace(_ index: Int) -> [Int32] {
        let node = nodes[index]
        var targets = node.allOf + node.anyOf + node.oneOf + node.dependentSchemas.map(\.node)
        targets += [node.reference, node.not, node.ifSchema, node.thenSchema, node.elseSchema]
        if let dynamic = node.dynamicReference { targets.append(dynamic.node) }
        return targets.filter { $0 >= 0 }
    }
}
