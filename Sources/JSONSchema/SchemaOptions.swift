/// How a schema is read, and how much work a validation may be.
public struct SchemaOptions: Sendable {
    /// The text of the schema document with a URI, or nil if there is none; errors thrown end up in the `SchemaError`.
    ///
    /// Nothing is ever fetched: what the resolver does not know is refused. Metaschemas need no resolver.
    public typealias Resolver = @Sendable (_ uri: String) throws -> [UInt8]?

    /// The draft of schemas without `$schema`.
    public var dialect: SchemaDialect = .draft2020
    /// Whether `format` restricts values; otherwise it does only where the metaschema asks for it.
    public var assertsFormats = false
    /// Whether a keyword that no draft knows is an error, unless its name begins with `x-`.
    public var refusesUnknownKeywords = false
    /// The URI the schema was read from, against which relative references are resolved.
    public var baseURI = ""
    public var resolver: Resolver?
    /// Steps after which a validation gives up, and says so as a violation; one is about 50 ns of work.
    public var maximumSteps = 10_000_000

    public init(
        dialect: SchemaDialect = .draft2020, assertsFormats: Bool = false, refusesUnknownKeywords: Bool = false,
        baseURI: String = "", resolver: Resolver? = nil
    ) {
        self.dialect = dialect
        self.assertsFormats = assertsFormats
        self.refusesUnknownKeywords = refusesUnknownKeywords
        self.baseURI = baseURI
        self.resolver = resolver
    }
}
