import JSONSchema

/// What a grammar allows beyond its schema, and how the schema is read.
public struct GrammarOptions: Sendable {
    /// Where generated JSON may hold whitespace.
    public enum Whitespace: Sendable, Hashable {
        /// Nowhere: compact JSON.
        case none
        /// At most one space after each `:` and `,`.
        case singleSpace
    }

    /// Which properties a generated object may have beyond those that its schema names.
    public enum UndeclaredProperties: Sendable, Hashable {
        /// All that the schema admits, as it is written: any, where nothing is said.
        case asAdmitted
        /// Those that the schema describes, by `additionalProperties` or `patternProperties` for example. Objects
        /// without any description may hold anything.
        case whereDescribed
    }

    /// The JSON schema document with a URI, or nil if there is none; errors thrown end up in the `GrammarError`.
    public typealias Resolver = @Sendable (_ uri: String) throws -> JSONValue?

    public var whitespace = Whitespace.singleSpace
    public var propertyOrder = PropertyOrder.declared
    public var undeclared = UndeclaredProperties.asAdmitted
    /// Deepest nesting of arrays and objects; recursive schemas end there.
    public var maximumDepth = 64
    /// Digits of numbers before the decimal point, after it, and of the exponent.
    public var maximumIntegerDigits = 32
    public var maximumFractionDigits = 32
    public var maximumExponentDigits = 3
    /// Code points of strings and elements of arrays, where the schema allows more; nil: as many as it allows.
    public var maximumStringLength: Int?
    public var maximumItems: Int?
    /// Whether `format` restricts strings.
    public var assertsFormats = true
    /// Whether what cannot be held while decoding is left to the validator, with a warning, instead of being refused.
    public var isLenient = false

    /// The draft of schemas without `$schema`.
    public var dialect = SchemaDialect.draft2020
    /// The URI the schema was read from, against which relative references are resolved.
    public var baseURI = ""
    /// Finds the documents that references lead to; metaschemas need none.
    public var resolver: Resolver?
    /// Whether a keyword that the draft does not know is an error, unless its name begins with `x-`.
    public var refusesUnknownKeywords = true

    public init() {}

    public init(
        whitespace: Whitespace = .singleSpace, maximumDepth: Int = 64, maximumIntegerDigits: Int = 32,
        maximumFractionDigits: Int = 32, maximumExponentDigits: Int = 3
    ) {
        self.whitespace = whitespace
        self.maximumDepth = max(0, maximumDepth)
        self.maximumIntegerDigits = max(1, maximumIntegerDigits)
        self.maximumFractionDigits = max(0, maximumFractionDigits)
        self.maximumExponentDigits = max(0, maximumExponentDigits)
    }

    var numbers: NumberOptions {
        NumberOptions(
            maximumIntegerDigits: maximumIntegerDigits, maximumFractionDigits: maximumFractionDigits,
            maximumExponentDigits: maximumExponentDigits)
    }

    var table: SchemaTableOptions {
        SchemaTableOptions(
            dialect: dialect, baseURI: baseURI, resolver: resolver, refusesUnknownKeywords: refusesUnknownKeywords)
    }
}
