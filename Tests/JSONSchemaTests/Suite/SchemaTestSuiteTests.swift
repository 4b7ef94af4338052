import JSONSchema
import Testing

/// Nothing of the suite is left out: neither required nor optional tests, nor a format.
@Suite(.enabled(if: SchemaTestSuite.isPresent, "the JSON Schema test suite is not beside the repository"))
struct SchemaTestSuiteTests {
    @Test func everyRequiredTestPasses() throws {
        #expect(SchemaTestSuite.drafts.contains { $0.dialect == .draft2020 })
        for (folder, dialect) in SchemaTestSuite.drafts {
            let (lines, testCount) = try SchemaTestSuite.failures(in: folder, dialect: dialect)
            #expect(lines.isEmpty, "\(lines.joined(separator: "\n"))")
            #expect(testCount > 500)
        }
    }

    @Test func everyOptionalTestPasses() throws {
        let (lines, testCount) = try SchemaTestSuite.failures(in: "draft2020-12/optional", dialect: .draft2020)
        #expect(lines.isEmpty, "\(lines.joined(separator: "\n"))")
        #expect(testCount > 100)
    }

    @Test func everyFormatTestPasses() throws {
        let (lines, testCount) = try SchemaTestSuite.failures(
            in: "draft2020-12/optional/format", dialect: .draft2020, assertsFormats: true)
        #expect(lines.isEmpty, "\(lines.joined(separator: "\n"))")
        #expect(testCount > 500)
    }

    @Test func theSuitesSchemasSatisfyTheirMetaschema() throws {
        let metaschema = try SchemaValidator(schema: ["$ref": .string(SchemaDialect.draft2020.uri)])
        for group in try SchemaTestSuite.groups(in: "draft2020-12") {
            // Some schemas are broken on purpose where no keyword looks.
            if group.schema["$schema"]?.stringValue != SchemaDialect.draft2020.uri { continue }
            #expect(metaschema.validate(group.schema) == [], "\(group.file): \(group.description)")
        }
    }
}
