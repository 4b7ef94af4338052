import JSONSchema

/// What can be told of a conjunction at a glance, without its alternatives.
private struct Summary {
    var types = TypeSet.all
    var constants: [JSONValue]?
    var excluded: [JSONValue] = []
    var minimum: Decimal?
    var maximum: Decimal?
    var required: [String] = []
    var properties: [ExactString: [Literal]] = [:]
    /// The names that objects may have, of each schema that admits no others.
    var closed: [Set<ExactString>] = []
    var isFalse = false
}

extension GrammarCompiler {
    /// Schemas that a glance takes in, as some repeat themselves along many paths.
    static let glance = 64

    /// Whether a glance shows that no value of the type satisfies both.
    ///
    /// A discriminator is what it looks for: constants that differ, in the value or in a required property.
    ///
    /// - Parameter required: properties that the value has anyway.
    func areDisjoint(_ first: Literal, _ second: Literal, type: ValueType, required: [String]) -> Bool {
        areInConflict([first, second], type: type, required: required)
    }

    /// Whether a glance shows that no value satisfies all literals. False says nothing.
    func areInConflict(_ literals: [Literal]) -> Bool {
        if literals.count < 2 { return literals.first.map { !$0.isNegated && nodes[Int($0.node)].isFalse } ?? false }
        return areInConflict(literals, type: nil, required: [])
    }

    private func areInConflict(_ literals: [Literal], type: ValueType?, required: [String]) -> Bool {
        var steps = Self.glance
        return areInConflict(literals, type: type, required: required, depth: 0, &steps)
    }

    private func areInConflict(
        _ literals: [Literal], type: ValueType?, required: [String], depth: Int, _ steps: inout Int
    ) -> Bool {
        var summary = Summary()
        summary.required = required
        summarize(literals, &summary, &steps)
        // What was not looked at may admit less, never more: what is in conflict stays so.
        if summary.isFalse { return true }
        if let type { summary.types.formIntersection(type.types) }
        if summary.types.isEmpty { return true }
        if let constants = summary.constants {
            return !constants.contains { constant in
                summary.types.admits(constant) && !summary.excluded.contains(constant)
            }
        }
        if let minimum = summary.minimum, let maximum = summary.maximum, minimum > maximum,
            summary.types.isSubset(of: .number)
        {
            return true
        }
        guard summary.types == .object, depth < 4, steps > 0 else { return false }
        for name in summary.required {
            let name = ExactString(name)
            if summary.closed.contains(where: { !$0.contains(name) }) { return true }
            guard let literals = summary.properties[name] else { continue }
            if literals.count > 1 || literals.contains(where: { nodes[Int($0.node)].isFalse }),
                areInConflict(literals, type: nil, required: [], depth: depth + 1, &steps)
            {
                return true
            }
        }
        return false
    }

    private func summarize(_ literals: [Literal], _ summary: inout Summary, _ steps: inout Int) {
        var agenda = literals
        while steps > 0, let literal = agenda.popLast() {
            steps -= 1
            let schema = nodes[Int(literal.node)]
            if literal.isNegated {
                exclude(schema, &summary)
                continue
            }
            if schema.isFalse { summary.isFalse = true }
            summary.types.formIntersection(schema.types)
            for values in [schema.enumeration, schema.constant.map { [$0] }] {
                guard let values else { continue }
                if let constants = summary.constants {
                    let set = Set(values)
                    summary.constants = constants.filter(set.contains)
                } else {
                    summary.constants = values
                }
            }
            for bound in [schema.minimum, schema.exclusiveMinimum] {
                guard let bound = bound.flatMap({ Decimal(lexeme: $0.lexeme) }) else { continue }
                summary.minimum = summary.minimum.map { max($0, bound) } ?? bound
            }
            for bound in [schema.maximum, schema.exclusiveMaximum] {
                guard let bound = bound.flatMap({ Decimal(lexeme: $0.lexeme) }) else { continue }
                summary.maximum = summary.maximum.map { min($0, bound) } ?? bound
            }
            summary.required += schema.required
            for (name, child) in schema.properties {
                summary.properties[ExactString(name), default: []].append(Literal(node: child, scope: literal.scope))
            }
            if schema.additionalProperties >= 0, nodes[Int(schema.additionalProperties)].isFalse,
                schema.patternProperties.isEmpty
            {
                summary.closed.append(Set(schema.properties.map { ExactString($0.name) }))
            }
            if schema.reference >= 0 { agenda.append(Literal(node: schema.reference, scope: literal.scope)) }
            for child in schema.allOf { agenda.append(Literal(node: child, scope: literal.scope)) }
            if schema.not >= 0 { agenda.append(Literal(node: schema.not, isNegated: true, scope: literal.scope)) }
        }
    }

    /// A negated schema is looked at only if it is a plain list of constants.
    private func exclude(_ schema: SchemaNode, _ summary: inout Summary) {
        if schema.isTrue {
            summary.isFalse = true
        } else if let constant = schema.constant, schema.isConstantAlone {
            summary.excluded.append(constant)
        } else if let constants = schema.enumeration, schema.isConstantAlone {
            summary.excluded += constants
        }
    }
}

extension TypeSet {
    fileprivate func admits(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .number(let number): contains(.number) || contains(.integer) && number.isInteger
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }
}

extension SchemaNode {
    /// Whether `enum` or `const` is the only keyword.
    fileprivate var isConstantAlone: Bool {
        var rest = self
        rest.enumeration = nil
        rest.constant = nil
        return rest.isTrue && (enumeration == nil || constant == nil)
    }
}

extension GrammarCompiler {
    /// Whether a property that an object must have can have no value, as far as a glance shows.
    ///
    /// It ends chains of conditions on one discriminator before they multiply.
    func isHopeless(_ clause: Clause) -> Bool {
        clause.objects.required.contains { name in
            var literals: [Literal] = []
            for rule in clause.objects.rules {
                for property in nodes[Int(rule.node)].properties where property.name.utf8.elementsEqual(name.utf8) {
                    literals.append(Literal(node: property.node, scope: rule.scope))
                }
            }
            for property in clause.objects.properties where property.name.utf8.elementsEqual(name.utf8) {
                literals.append(property.literal)
            }
            return literals.count > 1 && areInConflict(literals)
        }
    }
}

extension SchemaNode {
    /// Whether every value satisfies it, as far as its keywords tell without their subschemas.
    var isTrue: Bool {
        !isFalse && types == .all && enumeration == nil && constant == nil && !saysSomethingOfNumbers
            && !saysSomethingOfStrings && !saysSomethingOfArrays && !saysSomethingOfObjects && !hasApplicators
    }

    private var saysSomethingOfStrings: Bool {
        minLength != nil || maxLength != nil || pattern != nil || format != nil
    }

    private var saysSomethingOfArrays: Bool {
        !prefixItems.isEmpty || items >= 0 || contains >= 0 || minItems != nil || maxItems != nil || uniqueItems
            || unevaluatedItems >= 0
    }

    private var saysSomethingOfObjects: Bool {
        !properties.isEmpty || !patternProperties.isEmpty || additionalProperties >= 0 || propertyNames >= 0
            || !required.isEmpty || minProperties != nil || maxProperties != nil || !dependentRequired.isEmpty
            || !dependentSchemas.isEmpty || unevaluatedProperties >= 0
    }

    private var hasApplicators: Bool {
        !allOf.isEmpty || !anyOf.isEmpty || !oneOf.isEmpty || not >= 0 || ifSchema >= 0 || reference >= 0
            || dynamicReference != nil
    }
}
