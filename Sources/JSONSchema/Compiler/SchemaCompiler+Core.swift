extension SchemaCompiler {
    /// Keywords that identify, refer and combine; all others are passed on.
    mutating func compileCore(_ context: KeywordContext) throws(SchemaError) {
        let reader = context.reader
        switch reader.keyword {
        case "$ref": addReference(try reader.string(), context)
        case "$dynamicRef": addReference(try reader.string(), context, isDynamic: true)
        case "$recursiveRef":
            guard try reader.string() == "#" else { throw reader.error("must be \"#\"") }
            addReference("#", context, isDynamic: true)
        case "definitions": _ = try namedSchemas(context)
        case "$defs": if context.dialect >= .draft2019 { _ = try namedSchemas(context) }
        case "allOf": add(.allOf(try schemas(context)), context)
        case "anyOf": add(.anyOf(try schemas(context)), context)
        case "oneOf": add(.oneOf(try schemas(context)), context)
        case "not": add(.not(try schema(reader.value, context)), context)
        case "if":
            let condition = try schema(reader.value, context)
            let then = try branch("then", context)
            let otherwise = try branch("else", context)
            add(.conditional(condition, then: then, otherwise: otherwise), context)
        case "then", "else": _ = try schema(reader.value, context)
        case "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$schema", "$vocabulary", "$comment": break
        default: try compileValues(context)
        }
    }

    private mutating func branch(_ keyword: String, _ context: KeywordContext) throws(SchemaError) -> Int? {
        guard let value = context.object[keyword] else { return nil }
        let location = context.reader.location.appending(keyword)
        return try compile(value, at: location, in: nodes[context.node].resource)
    }

    /// Keywords about values of any type, numbers and strings.
    private mutating func compileValues(_ context: KeywordContext) throws(SchemaError) {
        let reader = context.reader
        switch reader.keyword {
        case "type": add(.types(try reader.types(in: context.dialect)), context)
        case "const": add(.constant(reader.value), context)
        case "enum":
            let values = try reader.array()
            add(.enumeration(values, values.count > 8 ? Set(values) : []), context)
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum": try compileBound(context)
        case "multipleOf":
            let number = try reader.number()
            let decimal = ExactDecimal(lexeme: number.lexeme)
            guard !decimal.isNegative, !decimal.digits.isEmpty else {
                throw reader.error("is \(number.lexeme): it must be greater than zero")
            }
            add(.multiple(number, decimal), context)
        case "minLength": add(.minimumLength(try reader.count()), context)
        case "maxLength": add(.maximumLength(try reader.count()), context)
        case "pattern": add(.pattern(try reader.pattern(try reader.string())), context)
        case "format": try compileFormat(context)
        default:
            try compileArrays(context)
        }
    }

    private mutating func compileBound(_ context: KeywordContext) throws(SchemaError) {
        let reader = context.reader
        let isMaximum = ["maximum", "exclusiveMaximum"].contains(reader.keyword)
        var isExclusive = reader.keyword.hasPrefix("exclusive")
        if context.dialect == .draft4 {
            // Here the exclusive keywords are true or false and say how their neighbour is meant.
            if isExclusive {
                _ = try reader.bool()
                return
            }
            isExclusive = try context.sibling(isMaximum ? "exclusiveMaximum" : "exclusiveMinimum")?.bool() ?? false
        }
        let number = try reader.number()
        let decimal = ExactDecimal(lexeme: number.lexeme)
        let bound = NumberBound(number: number, decimal: decimal, isMaximum: isMaximum, isExclusive: isExclusive)
        add(.bound(bound), context)
    }

    private mutating func compileFormat(_ context: KeywordContext) throws(SchemaError) {
        let reader = context.reader
        let name = try reader.string()
        let vocabularies = resources[nodes[context.node].resource].vocabularies
        guard options.assertsFormats || vocabularies.contains(.formatAssertion) else {
            note(reader, "is an annotation, as formats are not asserted")
            return
        }
        guard let format = Format(rawValue: name) else {
            note(reader, "names the format \"\(name)\", which is unknown")
            return
        }
        add(.format(format), context)
    }
}
