import JSONSchema

/// The keywords of all drafts.
enum SchemaKeyword: String, CaseIterable, Sendable {
    case schema = "$schema"
    case id = "$id"
    case plainID = "id"
    case anchor = "$anchor"
    case dynamicAnchor = "$dynamicAnchor"
    case recursiveAnchor = "$recursiveAnchor"
    case reference = "$ref"
    case dynamicReference = "$dynamicRef"
    case recursiveReference = "$recursiveRef"
    case vocabulary = "$vocabulary"
    case definitions
    case shortDefinitions = "$defs"

    case allOf, anyOf, oneOf, not
    case ifSchema = "if"
    case thenSchema = "then"
    case elseSchema = "else"

    case type
    case enumeration = "enum"
    case constant = "const"
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
    case minLength, maxLength, pattern, format

    case prefixItems, items, additionalItems, unevaluatedItems
    case contains, minContains, maxContains, minItems, maxItems, uniqueItems

    case properties, patternProperties, additionalProperties, unevaluatedProperties, propertyNames
    case required, minProperties, maxProperties, dependencies, dependentRequired, dependentSchemas
    case order = "x-order"

    case comment = "$comment"
    case title, description, examples, deprecated, readOnly, writeOnly
    case defaultValue = "default"
    case contentEncoding, contentMediaType, contentSchema
}

extension SchemaKeyword {
    /// The drafts that know the keyword.
    ///
    /// `$defs`, `dependencies` and annotations are taken in all of them, as schemas use them there.
    var drafts: ClosedRange<SchemaDialect> {
        switch self {
        case .plainID: .draft4 ... .draft4
        case .id, .constant, .contains, .propertyNames: .draft6 ... .draft2020
        case .ifSchema, .thenSchema, .elseSchema: .draft7 ... .draft2020
        case .anchor, .vocabulary, .dependentRequired, .dependentSchemas, .minContains, .maxContains,
            .unevaluatedItems, .unevaluatedProperties:
            .draft2019 ... .draft2020
        case .recursiveAnchor, .recursiveReference: .draft2019 ... .draft2019
        case .additionalItems: .draft4 ... .draft2019
        case .dynamicAnchor, .dynamicReference, .prefixItems: .draft2020 ... .draft2020
        default: .draft4 ... .draft2020
        }
    }

    /// The vocabulary that the keyword belongs to.
    var vocabulary: SchemaVocabularies {
        switch self {
        case .schema, .id, .plainID, .anchor, .dynamicAnchor, .recursiveAnchor, .reference, .dynamicReference,
            .recursiveReference, .vocabulary, .definitions, .shortDefinitions, .comment, .order:
            .core
        case .allOf, .anyOf, .oneOf, .not, .ifSchema, .thenSchema, .elseSchema, .prefixItems, .items,
            .additionalItems, .contains, .properties, .patternProperties, .additionalProperties, .propertyNames,
            .dependencies, .dependentSchemas:
            .applicator
        case .unevaluatedItems, .unevaluatedProperties: .unevaluated
        case .title, .description, .examples, .deprecated, .readOnly, .writeOnly, .defaultValue, .contentEncoding,
            .contentMediaType, .contentSchema, .format:
            .annotation
        default: .validation
        }
    }

    /// What a value of the keyword is: a schema, or a holder of schemas.
    func kind(of value: JSONValue) -> SchemaPlace.Kind {
        switch self {
        // Up to draft 2019-09 `items` may hold a list.
        case .items: value.isArray ? .list : .schema
        case .not, .ifSchema, .thenSchema, .elseSchema, .additionalItems, .unevaluatedItems, .contains,
            .additionalProperties, .unevaluatedProperties, .propertyNames, .contentSchema:
            .schema
        case .allOf, .anyOf, .oneOf, .prefixItems: .list
        case .definitions, .shortDefinitions, .properties, .patternProperties, .dependentSchemas, .dependencies: .map
        default: .other
        }
    }

    /// Whether the keyword can make a value invalid.
    var restricts: Bool { ![.core, .annotation].contains(vocabulary) || self == .format }
}
