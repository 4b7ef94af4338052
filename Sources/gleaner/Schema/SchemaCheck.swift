import Grammar
import JSONSchema

/// What is known of a schema once both the grammar and the validator have seen it.
struct SchemaCheck {
    /// A keyword that cannot be held, or is malformed.
    struct Refusal {
        let keyword: String
        let pointer: JSONPointer
        let message: String
    }

    /// What a grammar was made of.
    struct Compiled {
        let report: GrammarReport
        let shortest: [UInt8]
        let microseconds: Double
        /// What the validator finds wrong with the shortest text: possible only if something was left to it.
        fileprivate(set) var violation: String?
    }

    let name: String
    private(set) var compiled: Compiled?
    /// Empty for a good schema.
    private(set) var refusals: [Refusal] = []

    init(_ document: SchemaDocument, grammar options: GrammarOptions, validator schemaOptions: SchemaOptions) {
        name = document.name
        do throws(GrammarError) {
            compiled = try Self.compile(document.value, options)
        } catch {
            refusals = Self.refusals(error, document.value, options)
        }
        do throws(SchemaError) {
            let validator = try SchemaValidator(schema: document.value, options: schemaOptions)
            if let value = compiled.flatMap({ try? JSONValue(parsing: $0.shortest) }) {
                compiled?.violation = validator.validate(value).first?.description
            }
        } catch {
            // One fault of a keyword is told once.
            if !refusals.contains(where: { $0.pointer == error.pointer }) {
                refusals.append(Refusal(keyword: error.keyword, pointer: error.pointer, message: error.message))
            }
        }
    }

    private static func compile(_ schema: JSONValue, _ options: GrammarOptions) throws(GrammarError) -> Compiled {
        let watch = Stopwatch()
        let grammar = try Grammar(schema: schema, options: options)
        let microseconds = watch.microseconds
        let bytes = TokenVocabulary(tokenBytes: (0...UInt8.max).map { [$0] })
        return Compiled(
            report: try GrammarReport(schema: schema, options: options, warnings: grammar.warnings),
            shortest: GrammarMatcher(grammar: grammar, vocabulary: bytes).shortestCompletion,
            microseconds: microseconds)
    }

    /// Everything that is refused, where the compiler can go on behind the first refusal.
    private static func refusals(_ first: GrammarError, _ schema: JSONValue, _ options: GrammarOptions) -> [Refusal] {
        var options = options
        options.isLenient = true
        let warnings = (try? Grammar(schema: schema, options: options))?.warnings ?? []
        return (warnings.contains(first) ? warnings : [first]).map {
            Refusal(keyword: $0.keyword, pointer: $0.pointer, message: $0.message)
        }
    }
}

extension SchemaCheck {
    /// One object for programs.
    var value: JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("file", .string(name)),
            ("compiled", .bool(refusals.isEmpty)),
            ("refused", .array(refusals.map(\.value))),
        ]
        if let compiled, refusals.isEmpty {
            members += [
                ("draft", .string(compiled.report.dialect.uri)),
                ("compile_us", .number(JSONNumber(compiled.microseconds))),
                ("schemas", .number(JSONNumber(compiled.report.schemaCount))),
                ("shortest", (try? JSONValue(parsing: compiled.shortest)) ?? .null),
                ("shortest_bytes", .number(JSONNumber(compiled.shortest.count))),
                ("shortest_violation", compiled.violation.map(JSONValue.string) ?? .null),
                ("keywords", .array(compiled.report.entries.map(\.value))),
            ]
        }
        return .object(JSONObject(members))
    }
}

extension SchemaCheck.Refusal {
    var value: JSONValue {
        ["keyword": .string(keyword), "pointer": .string(pointer.description), "message": .string(message)]
    }
}

extension GrammarReport.Entry {
    fileprivate var value: JSONValue {
        [
            "keyword": .string(keyword), "pointer": .string(pointer.description), "document": .string(document),
            "held_by": .string(holder.rawValue), "note": .string(note),
        ]
    }
}
