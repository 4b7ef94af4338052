/// The drafts of JSON Schema that are understood.
public enum SchemaDialect: Int, Sendable, Hashable, CaseIterable, Comparable {
    case draft4, draft6, draft7, draft2019, draft2020

    /// The URI that `$schema` names, without an empty fragment.
    public var uri: String {
        switch self {
        case .draft4: "http://json-schema.org/draft-04/schema"
        case .draft6: "http://json-schema.org/draft-06/schema"
        case .draft7: "http://json-schema.org/draft-07/schema"
        case .draft2019: "https://json-schema.org/draft/2019-09/schema"
        case .draft2020: "https://json-schema.org/draft/2020-12/schema"
        }
    }

    /// The draft of a `$schema`, written with `http` or `https`, with or without an empty fragment; nil for all others.
    public init?(uri: String) {
        var name = uri.hasSuffix("#") ? String(uri.dropLast()) : uri
        if name.hasPrefix("http://") { name = "https" + name.dropFirst(4) }
        let dialect = Self.allCases.first { dialect in
            dialect.uri == name || "https" + dialect.uri.dropFirst(4) == name
        }
        guard let dialect else { return nil }
        self = dialect
    }

    public static func < (left: SchemaDialect, right: SchemaDialect) -> Bool { left.rawValue < right.rawValue }

    /// The keyword that identifies a schema.
    var identifierKeyword: String { self == .draft4 ? "id" : "$id" }

    /// Up to draft 7 a `$ref` makes its schema ignore all keywords beside it.
    var referenceOverrides: Bool { self <= .draft7 }
}

/// Groups of keywords that a metaschema can switch on and off (2019-09 and later).
struct Vocabularies: OptionSet, Hashable {
    let rawValue: UInt8
    static let core = Vocabularies(rawValue: 1)
    static let applicator = Vocabularies(rawValue: 2)
    static let unevaluated = Vocabularies(rawValue: 4)
    static let validation = Vocabularies(rawValue: 8)
    static let formatAnnotation = Vocabularies(rawValue: 16)
    static let formatAssertion = Vocabularies(rawValue: 32)
    /// Keywords that never restrict anything.
    static let annotation = Vocabularies(rawValue: 64)

    static let standard: Vocabularies = [.core, .applicator, .unevaluated, .validation, .formatAnnotation, .annotation]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The keywords behind a vocabulary's URI; nil for one that is unknown.
    init?(uri: String) {
        let prefixes = ["https://json-schema.org/draft/2020-12/vocab/", "https://json-schema.org/draft/2019-09/vocab/"]
        guard let prefix = prefixes.first(where: uri.hasPrefix) else { return nil }
        let is2019 = prefix == prefixes[1]
        switch uri.dropFirst(prefix.count) {
        case "core": self = .core
        case "applicator": self = is2019 ? [.applicator, .unevaluated] : .applicator
        case "unevaluated": self = .unevaluated
        case "validation": self = .validation
        case "format-annotation", "format": self = .formatAnnotation
        case "format-assertion": self = .formatAssertion
        case "meta-data", "content": self = .annotation
        default: return nil
        }
    }
}
