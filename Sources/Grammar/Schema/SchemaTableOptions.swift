import JSONSchema

/// How a schema document is read.
struct SchemaTableOptions: Sendable {
    /// The schema document with a URI, or nil if there is none; errors thrown end up in the `GrammarError`.
    typealias Resolver = @Sendable (_ uri: String) throws -> JSONValue?

    /// The draft of a document without `$schema`.
    var dialect: SchemaDialect = .draft2020
    /// The URI the document was read from, against which relative references are resolved.
    var baseURI = ""
    /// Finds the documents that references lead to; metaschemas need none.
    var resolver: Resolver?
    /// Whether a keyword that the draft does not know is an error, unless its name begins with `x-`.
    var refusesUnknownKeywords = false
}
