import JSONSchema

/// The JSON texts a schema admits, as a pushdown automaton over bytes.
///
/// Generated JSON is a subset of what the schema admits: properties come in the order of their declaration, undeclared
/// properties never come, whitespace and the length of numbers are bounded by the options. Within that the automaton is
/// exact: every text it completes is valid. Supported keywords: `type`, `properties`, `required`,
/// `additionalProperties` (true or false), `items`, `minItems`, `maxItems`, `minLength`, `maxLength`, `enum`, `const`,
/// `anyOf`, `$ref` into the same document, `$defs`, `definitions`, and annotations; all others are refused.
public struct Grammar: Sendable {
    /// Schemas whose shortest value is longer than this many bytes are refused.
    public static let maximumShortestLength = 1 << 20

    let program: GrammarProgram

    /// Compiles `schema`; throws if a keyword is unsupported or malformed, if a type is missing, or if no finite value
    /// satisfies the schema.
    public init(schema: JSONValue, options: GrammarOptions = .init()) throws(GrammarError) {
        var compiler = GrammarCompiler(document: schema, options: options)
        program = try compiler.compile()
    }

    /// Bytes of the shortest text the grammar completes.
    public var shortestLength: Int { program.values[0].shortest }
}
