/// Checks JSON values against a JSON Schema: draft 2020-12 complete, and 2019-09, 7, 6 and 4 where `$schema` names them.
///
/// Numbers are compared as exact decimals, strings by code points. References lead within the document, to the
/// metaschemas, or to what `SchemaOptions.resolver` knows. Patterns are those of ECMA-262 without backreferences.
public struct SchemaValidator: Sendable {
    /// More violations than this are not collected.
    public static let maximumViolations = 1000

    /// Keywords that do not restrict values although one might think so: unknown ones, and formats not asserted.
    public let unenforced: [UnenforcedKeyword]
    private let program: SchemaProgram
    private let maximumSteps: Int

    /// Compiles `schema`; throws if a keyword is malformed or a reference leads nowhere.
    public init(schema: JSONValue, options: SchemaOptions = SchemaOptions()) throws(SchemaError) {
        var compiler = SchemaCompiler(options: options)
        let root = try compiler.compile(document: schema)
        program = SchemaProgram(nodes: compiler.nodes, resources: compiler.resources, root: root)
        unenforced = compiler.unenforced
        maximumSteps = options.maximumSteps
    }

    /// The ways in which `instance` breaks the schema, in the order of the schema; empty if it is valid.
    ///
    /// Work and nesting are bounded: a check that goes on for too long, or a schema that comes back to itself without a
    /// step into the value, is reported as a violation.
    public func validate(_ instance: JSONValue) -> [SchemaViolation] {
        var walk = SchemaWalk(program: program, instance: instance, maximumSteps: maximumSteps)
        return walk.violationsFound()
    }

    /// Whether `instance` satisfies the schema: `validate` without the explanations, and faster.
    public func isValid(_ instance: JSONValue) -> Bool {
        var walk = SchemaWalk(program: program, instance: instance, maximumSteps: maximumSteps)
        return walk.verdict()
    }
}
