import JSONSchema

/// The JSON texts a schema admits, as a pushdown automaton over bytes.
///
/// Generated JSON is canonical: strings are escaped only where they must be, whitespace and the length of numbers are
/// bounded by the options. Within that the automaton is exact, or the schema is refused: every text it completes is
/// valid. Format `docs/structured-output.md` says which keywords are held how.
public struct Grammar: Sendable {
    /// Schemas whose shortest value is longer than this many bytes are refused.
    public static let maximumShortestLength = 1 << 20

    let program: GrammarProgram
    /// What lenient compilation leaves to the validator: nothing, unless the options say so.
    public let warnings: [GrammarError]
    /// Keywords that restrict nothing, such as formats nobody knows.
    public let ignored: [GrammarError]

    /// Compiles `schema`; throws if a keyword is malformed or cannot be held while decoding, or if no finite value
    /// satisfies the schema.
    public init(schema: JSONValue, options: GrammarOptions = .init()) throws(GrammarError) {
        let table = try SchemaTable(schema, options: options.table)
        var compiler = GrammarCompiler(table, options: options)
        try compiler.compile()
        var builder = ProgramBuilder(compiler)
        program = GrammarProgram(try builder.build())
        warnings = compiler.warnings
        ignored = table.ignored.map { table.error($0.keyword, of: $0.node, $0.reason) }
    }

    /// A grammar of texts that are no JSON.
    init(_ tables: GrammarTables) {
        program = GrammarProgram(tables)
        warnings = []
        ignored = []
    }

    /// Bytes of the shortest text the grammar completes.
    public var shortestLength: Int {
        var machine = PushdownMachine(program: program)
        return machine.shortest()
    }
}
