import Grammar
import JSONSchema
import TestSupport
import Testing

/// The grammar against labelled instances: the JSON Schema test suite, and schemas as people write them.
@Suite struct GrammarSuiteTests {
    private static var options: GrammarOptions {
        var options = GrammarOptions(whitespace: .none)
        options.propertyOrder = .any
        options.refusesUnknownKeywords = false
        return options
    }

    /// Numbers in their shortest spelling, as generated JSON has them.
    private static func canonical(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number: value.intValue.map { .number(JSONNumber($0)) } ?? value
        case .array(let elements): .array(elements.map(canonical))
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, canonical($0.value)) }))
        default: value
        }
    }

    /// A grammar, or whether nothing satisfies the schema; nil if it is refused.
    private enum Compiled {
        case grammar(Grammar)
        case nothing

        init?(_ schema: JSONValue, _ options: GrammarOptions) {
            do throws(GrammarError) {
                self = .grammar(try Grammar(schema: schema, options: options))
            } catch {
                guard error.isUnsatisfiable else { return nil }
                self = .nothing
            }
        }

        func admits(_ value: JSONValue) -> Bool {
            guard case .grammar(let grammar) = self else { return false }
            return accepts(grammar, GrammarSuiteTests.canonical(value).serialized())
        }
    }

    @Test(.enabled(if: JSONSchemaSuite.isPresent, "the JSON Schema test suite is not here"))
    func noInvalidInstanceOfTheSuiteIsAdmitted() throws {
        var options = Self.options
        options.assertsFormats = false
        options.resolver = { uri in try JSONSchemaSuite.remote(uri).map { try JSONValue(parsing: $0) } }
        var files = 0
        var flawless = 0
        for file in try JSONSchemaSuite.files("draft2020-12") {
            files += 1
            var isFlawless = true
            for group in try JSONValue(parsing: file.bytes).arrayValue ?? [] {
                let schema = try #require(group["schema"])
                guard let compiled = Compiled(schema, options) else {
                    isFlawless = false
                    continue
                }
                for test in group["tests"]?.arrayValue ?? [] {
                    let verdict = compiled.admits(try #require(test["data"]))
                    if test["valid"] == false { #expect(!verdict, "\(file.name): \(test["description"] ?? "")") }
                    if test["valid"] != .bool(verdict) { isFlawless = false }
                }
            }
            if isFlawless { flawless += 1 }
        }
        #expect(files >= 46)
        #expect(flawless >= 42)
    }

    @Test(arguments: SchemaCorpus.styles)
    func instancesOfSchemasAsPeopleWriteThemAreJudged(_ style: String) throws {
        var refused = 0
        let entries = try SchemaCorpus.lines(style).map { try JSONValue(parsing: $0) }
        for entry in entries {
            guard let compiled = Compiled(try #require(entry["schema"]), Self.options) else {
                refused += 1
                continue
            }
            for test in entry["tests"]?.arrayValue ?? [] {
                let data = try #require(test["data"])
                #expect(
                    .bool(compiled.admits(data)) == test["valid"],
                    "\(entry["name"] ?? ""): \(String(decoding: data.serialized(), as: UTF8.self))")
            }
        }
        #expect(entries.count >= 18)
        #expect(refused <= 1)
    }
}
