import JSONSchema

extension ClauseExpander {
    /// Takes all keywords of a schema that must hold into the clause.
    func positive(
        _ literal: Literal, scopes: UInt64, _ clause: inout Clause, _ compiler: inout GrammarCompiler
    ) throws(GrammarError) {
        let node = Int(literal.node)
        guard !compiler.nodes[node].isFalse, admitsType(compiler.nodes[node].types, &clause.numbers) else {
            clause.isDead = true
            return
        }
        let scope = compiler.entering(node, from: literal.scope)
        var inner = scopes
        switch type {
        case .null, .boolean: break
        case .number: try numberKeywords(node, &clause, &compiler)
        case .string: try stringKeywords(node, &clause, &compiler)
        case .array: try arrayKeywords(node, scope: scope, scopes: &inner, &clause, &compiler)
        case .object: try objectKeywords(node, scope: scope, scopes: &inner, &clause, &compiler)
        }
        if clause.isDead { return }
        try constants(node, &clause, &compiler)
        applicators(node, scope: scope, scopes: inner, &clause, &compiler)
    }

    private func admitsType(_ types: TypeSet, _ numbers: inout NumberConstraints) -> Bool {
        switch type {
        case .null: return types.contains(.null)
        case .boolean: return types.contains(.boolean)
        case .string: return types.contains(.string)
        case .array: return types.contains(.array)
        case .object: return types.contains(.object)
        case .number:
            if types.contains(.number) { return true }
            numbers.mustBeInteger = true
            return types.contains(.integer)
        }
    }

    private func constants(
        _ node: Int, _ clause: inout Clause, _ compiler: inout GrammarCompiler
    ) throws(GrammarError) {
        for values in [compiler.nodes[node].enumeration, compiler.nodes[node].constant.map { [$0] }] {
            guard let values else { continue }
            let fitting = values.filter { $0.valueType == type }
            if fitting.isEmpty { clause.isDead = true }
            switch type {
            case .array, .object:
                var alternatives: [[Clause.Item]] = []
                for value in fitting {
                    let structure = try compiler.structure(of: value, at: node)
                    alternatives.append([.literal(Literal(node: structure), scopes: 0)])
                }
                branch(alternatives, &clause)
            default: clause.restrict(to: fitting)
            }
        }
    }

    /// In-place applicators: their subschemas speak of the same value.
    private func applicators(
        _ node: Int, scope: Int32, scopes: UInt64, _ clause: inout Clause, _ compiler: inout GrammarCompiler
    ) {
        func item(_ node: Int32, isNegated: Bool = false) -> Clause.Item {
            .literal(Literal(node: node, isNegated: isNegated, scope: scope), scopes: isNegated ? 0 : scopes)
        }
        let schema = compiler.nodes[node]
        if schema.reference >= 0 { clause.agenda.append(item(schema.reference)) }
        if let target = compiler.dynamicTarget(node, scope: scope) { clause.agenda.append(item(target)) }
        for child in schema.allOf { clause.agenda.append(item(child)) }
        if schema.not >= 0 { clause.agenda.append(item(schema.not, isNegated: true)) }
        if !schema.anyOf.isEmpty {
            var alternatives: [[Clause.Item]] = []
            if scopes == 0 || schema.anyOf.count > 6 {
                alternatives = schema.anyOf.map { [item($0)] }
            } else {
                // Every schema that holds counts as evaluated, so it matters which ones do. With many, one must do:
                // what the others evaluate is then not generated.
                for chosen in 1..<(1 << schema.anyOf.count) {
                    alternatives.append(
                        schema.anyOf.enumerated().map { item($0.element, isNegated: chosen >> $0.offset & 1 == 0) })
                }
            }
            branch(alternatives, &clause)
        }
        if !schema.oneOf.isEmpty {
            clause.branches.append(
                .exactlyOne(schema.oneOf.map { Literal(node: $0, scope: scope) }, scopes: scopes))
        }
        if schema.ifSchema >= 0, schema.thenSchema >= 0 || schema.elseSchema >= 0 || scopes != 0 {
            var holds = [item(schema.ifSchema)]
            var fails = [item(schema.ifSchema, isNegated: true)]
            if schema.thenSchema >= 0 { holds.append(item(schema.thenSchema)) }
            if schema.elseSchema >= 0 { fails.append(item(schema.elseSchema)) }
            branch([holds, fails], &clause)
        }
        if type == .object {
            for (name, child) in schema.dependentSchemas {
                branch([[.fact(.absent(name))], [.fact(.required(name)), item(child)]], &clause)
            }
        }
    }

    /// Leaves a choice for later, or takes the only one at once.
    func branch(_ alternatives: [[Clause.Item]], _ clause: inout Clause) {
        switch alternatives.count {
        case 0: clause.isDead = true
        case 1: clause.agenda += alternatives[0]
        default: clause.branches.append(.anyOf(alternatives))
        }
    }

    private func numberKeywords(
        _ node: Int, _ clause: inout Clause, _ compiler: inout GrammarCompiler
    ) throws(GrammarError) {
        for fact in try compiler.numberFacts(node) { apply(fact, to: &clause) }
    }

    private func stringKeywords(
        _ node: Int, _ clause: inout Clause, _ compiler: inout GrammarCompiler
    ) throws(GrammarError) {
        let schema = compiler.nodes[node]
        apply(.length(minimum: schema.minLength ?? 0, maximum: schema.maxLength ?? .max), to: &clause)
        if let pattern = schema.pattern {
            try compiler.check(pattern: pattern, at: node) { _ in
                clause.strings.add(.init(source: .pattern(ExactString(pattern)), isNegated: false))
            }
        }
        if let format = schema.format, compiler.options.assertsFormats, compiler.isKnown(format: format) {
            clause.strings.add(.init(source: .format(ExactString(format)), isNegated: false))
            if let longest = StringAutomaton.maximumLength(format: format) {
                apply(.length(minimum: 0, maximum: longest), to: &clause)
            }
        }
    }

    private func arrayKeywords(
        _ node: Int, scope: Int32, scopes: inout UInt64, _ clause: inout Clause, _ compiler: inout GrammarCompiler
    ) throws(GrammarError) {
        let schema = compiler.nodes[node]
        apply(.itemCount(minimum: schema.minItems ?? 0, maximum: schema.maxItems ?? .max), to: &clause)
        if schema.uniqueItems { clause.arrays.isUnique = true }
        if schema.unevaluatedItems >= 0 {
            try open(
                Literal(node: schema.unevaluatedItems, scope: scope), "unevaluatedItems", node, &scopes, &clause,
                &compiler)
        }
        if !schema.prefixItems.isEmpty || schema.items >= 0 {
            clause.arrays.rules.append(.init(node: Int32(node), scope: scope, scopes: scopes))
        }
        if schema.contains >= 0 {
            let minimum = schema.minContains ?? 1
            let maximum = schema.maxContains ?? .max
            if minimum > maximum { clause.isDead = true }
            clause.arrays.contains.append(
                .init(
                    literal: Literal(node: schema.contains, scope: scope), minimum: minimum, maximum: maximum,
                    scopes: schema.containsEvaluates ? scopes : 0))
        }
    }

    private func objectKeywords(
        _ node: Int, scope: Int32, scopes: inout UInt64, _ clause: inout Clause, _ compiler: inout GrammarCompiler
    ) throws(GrammarError) {
        let schema = compiler.nodes[node]
        apply(.propertyCount(minimum: schema.minProperties ?? 0, maximum: schema.maxProperties ?? .max), to: &clause)
        for name in schema.required { apply(.required(name), to: &clause) }
        if schema.unevaluatedProperties >= 0 {
            try open(
                Literal(node: schema.unevaluatedProperties, scope: scope), "unevaluatedProperties", node, &scopes,
                &clause, &compiler)
        }
        if !schema.properties.isEmpty || !schema.patternProperties.isEmpty || schema.additionalProperties >= 0 {
            clause.objects.rules.append(.init(node: Int32(node), scope: scope, scopes: scopes))
        }
        if schema.propertyNames >= 0 { clause.objects.names.append(Literal(node: schema.propertyNames, scope: scope)) }
        clause.objects.dependents += schema.dependentRequired.map { ($0.name, $0.requires) }
        if let order = schema.order { clause.objects.order = order }
    }

    /// Opens the scope of an `unevaluated…` keyword.
    private func open(
        _ literal: Literal, _ keyword: String, _ node: Int, _ scopes: inout UInt64, _ clause: inout Clause,
        _ compiler: inout GrammarCompiler
    ) throws(GrammarError) {
        guard clause.unevaluated.count < 64 else {
            throw compiler.error(keyword, node, "is nested more than 64 times around one value")
        }
        let outer = scopes
        scopes |= 1 << UInt64(clause.unevaluated.count)
        clause.unevaluated.append((literal, outer))
    }
}

extension JSONValue {
    var valueType: ValueType {
        switch self {
        case .null: .null
        case .bool: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}
