/// Which keyword belongs to which vocabulary, in which drafts.
struct KeywordTable {
    let vocabulary: Vocabularies
    let drafts: ClosedRange<SchemaDialect>

    /// The vocabulary of a keyword; nil if the draft does not know it.
    static func vocabulary(of keyword: String, in dialect: SchemaDialect) -> Vocabularies? {
        guard let entry = entries[keyword], entry.drafts.contains(dialect) else { return nil }
        return entry.vocabulary
    }

    private static let entries: [String: KeywordTable] = {
        var entries: [String: KeywordTable] = [:]
        func add(
            _ vocabulary: Vocabularies, from first: SchemaDialect = .draft4, to last: SchemaDialect = .draft2020,
            _ keywords: String...
        ) {
            for keyword in keywords {
                entries[keyword] = KeywordTable(vocabulary: vocabulary, drafts: first...last)
            }
        }
        // `$defs` is used in older drafts too, as a place for references to lead to.
        add(.core, "$schema", "$ref", "$comment", "definitions", "$defs")
        add(.core, to: .draft4, "id")
        add(.core, from: .draft6, "$id")
        add(.core, from: .draft2019, "$anchor", "$vocabulary")
        add(.core, from: .draft2019, to: .draft2019, "$recursiveRef", "$recursiveAnchor")
        add(.core, from: .draft2020, "$dynamicRef", "$dynamicAnchor")

        add(.applicator, "items", "properties", "patternProperties", "additionalProperties")
        add(.applicator, "allOf", "anyOf", "oneOf", "not", "dependencies")
        add(.applicator, to: .draft2019, "additionalItems")
        add(.applicator, from: .draft6, "contains", "propertyNames")
        add(.applicator, from: .draft7, "if", "then", "else")
        add(.applicator, from: .draft2019, "dependentSchemas")
        add(.applicator, from: .draft2020, "prefixItems")
        add(.unevaluated, from: .draft2019, "unevaluatedItems", "unevaluatedProperties")

        add(.validation, "type", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum")
        add(.validation, "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems")
        add(.validation, "maxProperties", "minProperties", "required")
        add(.validation, from: .draft6, "const")
        add(.validation, from: .draft2019, "dependentRequired", "maxContains", "minContains")
        add([], "format")

        add(.annotation, "title", "description", "default", "examples", "readOnly", "writeOnly", "deprecated")
        add(.annotation, "contentEncoding", "contentMediaType", "contentSchema")
        return entries
    }()
}
