import JSONSchema

extension ClauseExpander {
    /// A schema that must not hold: at least one of its keywords fails.
    func negative(
        _ literal: Literal, _ clause: inout Clause, _ compiler: inout GrammarCompiler
    ) throws(GrammarError) {
        let node = Int(literal.node)
        let schema = compiler.nodes[node]
        if schema.isFalse { return }
        var failures: [[Clause.Item]] = []
        switch type {
        case .null: if !schema.types.contains(.null) { return }
        case .boolean: if !schema.types.contains(.boolean) { return }
        case .string: if !schema.types.contains(.string) { return }
        case .array: if !schema.types.contains(.array) { return }
        case .object: if !schema.types.contains(.object) { return }
        case .number:
            if !schema.types.contains(.number) {
                if !schema.types.contains(.integer) { return }
                failures.append([.fact(.integer(false))])
            }
        }
        let scope = compiler.entering(node, from: literal.scope)
        let negation = Negation(schema: schema, node: node, scope: scope)
        switch type {
        case .null, .boolean: break
        case .number: failures += try compiler.numberFacts(node).flatMap(negation.alternatives)
        case .string: failures += try negation.string(&compiler)
        case .array: failures += try negation.array(&compiler)
        case .object: failures += try negation.object(&compiler)
        }
        failures += try negation.constants(type, &compiler)
        failures += negation.applicators(type, &compiler)
        branch(failures, &clause)
    }
}

/// The ways in which one schema can fail.
struct Negation {
    typealias Alternatives = [[Clause.Item]]

    let schema: SchemaNode
    let node: Int
    let scope: Int32

    private func item(_ node: Int32, isNegated: Bool) -> Clause.Item {
        .literal(literal(node, isNegated: isNegated), scopes: 0)
    }

    private func literal(_ node: Int32, isNegated: Bool) -> Literal {
        Literal(node: node, isNegated: isNegated, scope: scope)
    }

    func constants(_ type: ValueType, _ compiler: inout GrammarCompiler) throws(GrammarError) -> Alternatives {
        var result: Alternatives = []
        for values in [schema.enumeration, schema.constant.map { [$0] }] {
            guard let values else { continue }
            var none: [Clause.Item] = []
            for value in values where value.valueType == type {
                switch type {
                case .array, .object:
                    none.append(item(try compiler.structure(of: value, at: node), isNegated: true))
                default: none.append(.fact(.excluded(value)))
                }
            }
            result.append(none)
        }
        return result
    }

    func applicators(_ type: ValueType, _ compiler: inout GrammarCompiler) -> Alternatives {
        var result: Alternatives = []
        if schema.reference >= 0 { result.append([item(schema.reference, isNegated: true)]) }
        if let target = compiler.dynamicTarget(node, scope: scope) { result.append([item(target, isNegated: true)]) }
        for child in schema.allOf { result.append([item(child, isNegated: true)]) }
        if schema.not >= 0 { result.append([item(schema.not, isNegated: false)]) }
        if !schema.anyOf.isEmpty { result.append(schema.anyOf.map { item($0, isNegated: true) }) }
        if !schema.oneOf.isEmpty {
            // None holds, or two do.
            result.append(schema.oneOf.map { item($0, isNegated: true) })
            for second in schema.oneOf.indices {
                for first in 0..<second
                where !compiler.areDisjoint(
                    literal(schema.oneOf[first], isNegated: false), literal(schema.oneOf[second], isNegated: false),
                    type: type, required: [])
                {
                    result.append([
                        item(schema.oneOf[first], isNegated: false), item(schema.oneOf[second], isNegated: false),
                    ])
                }
            }
        }
        if schema.ifSchema >= 0 {
            if schema.thenSchema >= 0 {
                result.append([item(schema.ifSchema, isNegated: false), item(schema.thenSchema, isNegated: true)])
            }
            if schema.elseSchema >= 0 {
                result.append([item(schema.ifSchema, isNegated: true), item(schema.elseSchema, isNegated: true)])
            }
        }
        if type == .object {
            for (name, child) in schema.dependentSchemas {
                result.append([.fact(.required(name)), item(child, isNegated: true)])
            }
        }
        return result
    }

    /// The opposites of a fact about numbers.
    func alternatives(of fact: Fact) -> Alternatives {
        switch fact {
        case .minimum(let bound, let isExclusive): [[.fact(.maximum(bound, isExclusive: !isExclusive))]]
        case .maximum(let bound, let isExclusive): [[.fact(.minimum(bound, isExclusive: !isExclusive))]]
        case .multiple(let divisor, let isNegated): [[.fact(.multiple(divisor, isNegated: !isNegated))]]
        default: []
        }
    }

    func string(_ compiler: inout GrammarCompiler) throws(GrammarError) -> Alternatives {
        var result: Alternatives = []
        if let minimum = schema.minLength, minimum > 0 {
            result.append([.fact(.length(minimum: 0, maximum: minimum - 1))])
        }
        if let maximum = schema.maxLength, maximum < .max {
            result.append([.fact(.length(minimum: maximum + 1, maximum: .max))])
        }
        if let pattern = schema.pattern {
            try compiler.check(pattern: pattern, at: node) { _ in
                result.append([.fact(.pattern(.init(source: .pattern(ExactString(pattern)), isNegated: true)))])
            }
        }
        if let format = schema.format, compiler.options.assertsFormats, compiler.isKnown(format: format) {
            if StringAutomaton.isExact(format: format) {
                result.append([.fact(.pattern(.init(source: .format(ExactString(format)), isNegated: true)))])
            } else {
                try compiler.refuse("format", node, "`\(format)` cannot be negated: remove it from what `not` holds")
            }
        }
        return result
    }

    func array(_ compiler: inout GrammarCompiler) throws(GrammarError) -> Alternatives {
        var result: Alternatives = []
        if let minimum = schema.minItems, minimum > 0 {
            result.append([.fact(.itemCount(minimum: 0, maximum: minimum - 1))])
        }
        if let maximum = schema.maxItems, maximum < .max {
            result.append([.fact(.itemCount(minimum: maximum + 1, maximum: .max))])
        }
        for (index, child) in schema.prefixItems.enumerated() {
            result.append([.fact(.element(at: index, literal(child, isNegated: true)))])
        }
        if schema.items >= 0 {
            let rest = literal(schema.items, isNegated: true)
            if compiler.nodes[Int(schema.items)].isFalse {
                result.append([.fact(.itemCount(minimum: schema.prefixItems.count + 1, maximum: .max))])
            } else if schema.prefixItems.isEmpty {
                result.append([.fact(.contains(rest, minimum: 1, maximum: .max))])
            } else {
                try compiler.refuse(
                    "items", node, "beside `prefixItems` cannot be negated: remove it from what `not` holds")
            }
        }
        if schema.contains >= 0 {
            let child = literal(schema.contains, isNegated: false)
            let minimum = schema.minContains ?? 1
            if minimum == 1 {
                result.append([.fact(.everyElement(literal(schema.contains, isNegated: true)))])
            } else if minimum > 1 {
                result.append([.fact(.contains(child, minimum: 0, maximum: minimum - 1))])
            }
            if let maximum = schema.maxContains, maximum < .max {
                result.append([.fact(.contains(child, minimum: maximum + 1, maximum: .max))])
            }
        }
        if schema.uniqueItems {
            try compiler.refuse("uniqueItems", node, "cannot be negated: remove it from what `not` holds")
        }
        if schema.unevaluatedItems >= 0 {
            try compiler.refuse("unevaluatedItems", node, "cannot be negated: remove it from what `not` holds")
        }
        return result
    }

    func object(_ compiler: inout GrammarCompiler) throws(GrammarError) -> Alternatives {
        var result: Alternatives = []
        if let minimum = schema.minProperties, minimum > 0 {
            result.append([.fact(.propertyCount(minimum: 0, maximum: minimum - 1))])
        }
        if let maximum = schema.maxProperties, maximum < .max {
            result.append([.fact(.propertyCount(minimum: maximum + 1, maximum: .max))])
        }
        for name in schema.required { result.append([.fact(.absent(name))]) }
        for (name, child) in schema.properties {
            result.append([.fact(.property(name, literal(child, isNegated: true)))])
        }
        for (name, requires) in schema.dependentRequired {
            for other in requires { result.append([.fact(.required(name)), .fact(.absent(other))]) }
        }
        if schema.propertyNames >= 0, !compiler.isTrue(schema.propertyNames) {
            result.append([.fact(.someProperty(.name(literal(schema.propertyNames, isNegated: true))))])
        }
        if schema.additionalProperties >= 0, !compiler.isTrue(schema.additionalProperties) {
            result.append([.fact(.someProperty(.additional(of: Int32(node), scope: scope)))])
        }
        for index in schema.patternProperties.indices
        where !compiler.isTrue(schema.patternProperties[index].node) {
            result.append([.fact(.someProperty(.pattern(of: Int32(node), index: index, scope: scope)))])
        }
        if schema.unevaluatedProperties >= 0 {
            try compiler.refuse("unevaluatedProperties", node, "cannot be negated: remove it from what `not` holds")
        }
        return result
    }
}
