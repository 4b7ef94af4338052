/// What stands at a place inside a schema, so that most mutants still are schemas.
enum SchemaPlace: Hashable {
    case schema
    /// An object of schemas, as `properties` holds.
    case schemaMap
    /// An array of schemas, as `allOf` holds.
    case schemaList
    /// What another keyword holds.
    case operand(String)
    /// Anything.
    case value

    /// What a keyword of a schema holds.
    init(keyword: String) {
        switch keyword {
        case "items", "additionalItems", "contains", "additionalProperties", "propertyNames", "not", "if", "then",
            "else",
            "unevaluatedItems", "unevaluatedProperties":
            self = .schema
        case "allOf", "anyOf", "oneOf", "prefixItems": self = .schemaList
        case "properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions":
            self = .schemaMap
        default: self = .operand(keyword)
        }
    }

    /// What a member or an element at this place is; nil for members that a keyword names.
    var inside: SchemaPlace? {
        switch self {
        case .schema: nil
        case .schemaMap, .schemaList: .schema
        case .operand, .value: .value
        }
    }
}
