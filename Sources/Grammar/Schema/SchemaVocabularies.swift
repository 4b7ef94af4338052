import JSONSchema

/// Groups of keywords that a metaschema can leave out (`$vocabulary`, drafts 2019-09 and later).
struct SchemaVocabularies: OptionSet, Sendable {
    let rawValue: UInt8

    static let core = SchemaVocabularies(rawValue: 1)
    static let applicator = SchemaVocabularies(rawValue: 2)
    static let unevaluated = SchemaVocabularies(rawValue: 4)
    static let validation = SchemaVocabularies(rawValue: 8)
    /// Keywords that restrict nothing.
    static let annotation = SchemaVocabularies(rawValue: 16)
    /// Whether the metaschema demands that `format` restricts values.
    static let formatAssertion = SchemaVocabularies(rawValue: 32)

    /// What drafts without a metaschema of their own have.
    static let standard: SchemaVocabularies = [.core, .applicator, .unevaluated, .validation, .annotation]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The keywords behind a URI in `$vocabulary`; nil if it is unknown.
    init?(uri: String) {
        switch uri {
        case "https://json-schema.org/draft/2020-12/vocab/core",
            "https://json-schema.org/draft/2019-09/vocab/core":
            self = .core
        case "https://json-schema.org/draft/2020-12/vocab/applicator": self = .applicator
        case "https://json-schema.org/draft/2019-09/vocab/applicator": self = [.applicator, .unevaluated]
        case "https://json-schema.org/draft/2020-12/vocab/unevaluated": self = .unevaluated
        case "https://json-schema.org/draft/2020-12/vocab/validation",
            "https://json-schema.org/draft/2019-09/vocab/validation":
            self = .validation
        case "https://json-schema.org/draft/2020-12/vocab/format-assertion": self = .formatAssertion
        case "https://json-schema.org/draft/2020-12/vocab/format-annotation",
            "https://json-schema.org/draft/2020-12/vocab/meta-data",
            "https://json-schema.org/draft/2020-12/vocab/content",
            "https://json-schema.org/draft/2019-09/vocab/format",
            "https://json-schema.org/draft/2019-09/vocab/meta-data",
            "https://json-schema.org/draft/2019-09/vocab/content":
            self = .annotation
        default: return nil
        }
    }
}
