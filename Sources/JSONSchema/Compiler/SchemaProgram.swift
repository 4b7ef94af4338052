/// A compiled schema with all that it refers to.
struct SchemaProgram: Sendable {
    let nodes: [SchemaNode]
    let resources: [SchemaResource]
    let root: Int
}

/// A place in one of the documents that belong to a schema.
struct SchemaLocation: Hashable {
    let document: Int
    let pointer: JSONPointer

    func appending(_ token: String) -> SchemaLocation {
        SchemaLocation(document: document, pointer: pointer.appending(token))
    }

    func appending(_ index: Int) -> SchemaLocation { appending(String(index)) }
}

/// One compiled schema; other schemas are referred to by their index. All rules hold together.
struct SchemaNode {
    let location: SchemaLocation
    /// URI of the document, for messages.
    let document: String
    /// The resource it belongs to, which is a new one where the schema has an identifier.
    var resource: Int
    var rules: [SchemaRule] = []
    /// Whether a rule asks which members or elements the other rules have evaluated.
    var asksWhatWasEvaluated = false

    /// Whether it is the schema `false`.
    var isNever: Bool {
        guard let first = rules.first, case .never = first.assertion else { return false }
        return true
    }
}

/// A schema with an identifier of its own, or the root of a document.
struct SchemaResource {
    var uri: URIReference
    let root: SchemaLocation
    var rootNode: Int
    var dialect: SchemaDialect
    var vocabularies: Vocabularies
    var anchors: [String: Int] = [:]
    var dynamicAnchors: [String: Int] = [:]
    /// `$recursiveAnchor` of 2019-09.
    var isRecursiveAnchor = false
}

/// What one keyword asks for, its neighbours taken into account.
struct SchemaRule {
    let keyword: String
    var assertion: SchemaAssertion
}

/// The kinds of rules; schemas are indices of nodes.
enum SchemaAssertion {
    case never
    case types(SchemaTypes)
    case constant(JSONValue)
    case enumeration([JSONValue], Set<JSONValue>)

    case bound(NumberBound)
    case multiple(JSONNumber, ExactDecimal)

    case minimumLength(Int)
    case maximumLength(Int)
    case pattern(Pattern)
    case format(Format)

    case minimumItems(Int)
    case maximumItems(Int)
    case uniqueItems
    case prefixItems([Int])
    case items(Int, from: Int)
    /// `marks`: whether what is contained counts as evaluated.
    case contains(Int, minimum: Int, maximum: Int?, marks: Bool)
    case unevaluatedItems(Int)

    case minimumProperties(Int)
    case maximumProperties(Int)
    case required([String])
    case dependentRequired([(name: String, required: [String])])
    case properties([(name: String, node: Int)])
    case patternProperties([(pattern: Pattern, node: Int)])
    case additionalProperties(Int, except: Set<KeyBytes>, patterns: [Pattern])
    case propertyNames(Int)
    case dependentSchemas([(name: String, node: Int)])
    case unevaluatedProperties(Int)

    case allOf([Int])
    case anyOf([Int])
    case oneOf([Int])
    case not(Int)
    case conditional(Int, then: Int?, otherwise: Int?)

    case reference(Int)
    case dynamicReference(anchor: String, initial: Int)
    case recursiveReference(initial: Int)
}

/// `minimum`, `maximum` and their exclusive forms.
struct NumberBound {
    let number: JSONNumber
    let decimal: ExactDecimal
    let isMaximum: Bool
    let isExclusive: Bool

    func admits(_ value: ExactDecimal) -> Bool {
        if value == decimal { return !isExclusive }
        return isMaximum ? value < decimal : decimal < value
    }
}
