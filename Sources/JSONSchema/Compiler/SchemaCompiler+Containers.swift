extension SchemaCompiler {
    /// Keywords about arrays; all others are passed on.
    mutating func compileArrays(_ context: KeywordContext) throws(SchemaError) {
        let reader = context.reader
        switch reader.keyword {
        case "minItems": add(.minimumItems(try reader.count()), context)
        case "maxItems": add(.maximumItems(try reader.count()), context)
        case "uniqueItems": if try reader.bool() { add(.uniqueItems, context) }
        case "prefixItems": add(.prefixItems(try schemas(context)), context)
        case "items":
            if case .array(let elements) = reader.value {
                guard context.dialect <= .draft2019 else {
                    throw reader.error("is a list: use `prefixItems`, or one schema for all elements")
                }
                if !elements.isEmpty { add(.prefixItems(try schemas(context)), context) }
            } else {
                let isAfterPrefix = context.dialect >= .draft2020
                let prefix = isAfterPrefix ? try context.sibling("prefixItems")?.array().count : nil
                add(.items(try schema(reader.value, context), from: prefix ?? 0), context)
            }
        case "additionalItems":
            let node = try schema(reader.value, context)
            if case .array(let elements)? = context.object["items"] {
                add(.items(node, from: elements.count), context)
            }
        case "contains":
            let counts = context.dialect >= .draft2019
            add(
                .contains(
                    try schema(reader.value, context),
                    minimum: counts ? try context.sibling("minContains")?.count() ?? 1 : 1,
                    maximum: counts ? try context.sibling("maxContains")?.count() : nil,
                    marks: context.dialect >= .draft2020), context)
        case "minContains", "maxContains": _ = try reader.count()
        case "unevaluatedItems":
            add(.unevaluatedItems(try schema(reader.value, context)), context)
            markAskingWhatWasEvaluated(context)
        default: try compileObjects(context)
        }
    }

    /// Keywords about objects; all others are annotations.
    private mutating func compileObjects(_ context: KeywordContext) throws(SchemaError) {
        let reader = context.reader
        switch reader.keyword {
        case "minProperties": add(.minimumProperties(try reader.count()), context)
        case "maxProperties": add(.maximumProperties(try reader.count()), context)
        case "required": add(.required(try reader.names()), context)
        case "properties": add(.properties(try namedSchemas(context)), context)
        case "patternProperties":
            var rules: [(pattern: Pattern, node: Int)] = []
            for (name, node) in try namedSchemas(context) { rules.append((try reader.pattern(name), node)) }
            add(.patternProperties(rules), context)
        case "additionalProperties":
            let names = try context.sibling("properties")?.object().keys ?? []
            var patterns: [Pattern] = []
            if let sibling = context.sibling("patternProperties") {
                for name in try sibling.object().keys { patterns.append(try sibling.pattern(name)) }
            }
            add(
                .additionalProperties(
                    try schema(reader.value, context), except: Set(names.map(KeyBytes.init)), patterns: patterns),
                context)
        case "propertyNames": add(.propertyNames(try schema(reader.value, context)), context)
        case "dependentRequired":
            var dependencies: [(name: String, required: [String])] = []
            for (name, value) in try reader.object().members {
                dependencies.append((name, try KeywordReader.names(value, reader.error)))
            }
            add(.dependentRequired(dependencies), context)
        case "dependentSchemas": add(.dependentSchemas(try namedSchemas(context)), context)
        case "dependencies": try compileDependencies(context)
        case "unevaluatedProperties":
            add(.unevaluatedProperties(try schema(reader.value, context)), context)
            markAskingWhatWasEvaluated(context)
        default: break
        }
    }

    /// Up to draft 7 names and schemas stand in one keyword, which later drafts still allow.
    private mutating func compileDependencies(_ context: KeywordContext) throws(SchemaError) {
        var names: [(name: String, required: [String])] = []
        var schemas: [(name: String, node: Int)] = []
        for (name, value) in try context.reader.object().members {
            if case .array = value {
                names.append((name, try KeywordReader.names(value, context.reader.error)))
            } else {
                schemas.append((name, try schema(value, context, name)))
            }
        }
        if !names.isEmpty { add(.dependentRequired(names), context) }
        if !schemas.isEmpty { add(.dependentSchemas(schemas), context) }
    }
}
