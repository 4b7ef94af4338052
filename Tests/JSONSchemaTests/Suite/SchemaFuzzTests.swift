import JSONSchema
import TestSupport
import Testing

@Suite struct SchemaFuzzTests {
    /// Ten seconds: what matters is that nothing crashes or hangs, and that both ways of asking agree.
    @Test func randomSchemasAndValuesGetAnAnswer() throws {
        var fuzz = SchemaFuzz(seed: 2020)
        if SchemaTestSuite.isPresent {
            for group in try SchemaTestSuite.groups(in: "draft2020-12") {
                fuzz.learn(group.schema)
                for test in group.tests { fuzz.learn(test.instance) }
            }
        }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(10)
        var (compiled, verdicts) = (0, 0)
        while clock.now < end {
            let schema = fuzz.schema(4)
            var options = SchemaOptions(assertsFormats: fuzz.next(2) == 0)
            options.dialect = SchemaDialect.allCases[fuzz.next(SchemaDialect.allCases.count)]
            guard let validator = try? SchemaValidator(schema: schema, options: options) else { continue }
            compiled += 1
            for _ in 0..<4 {
                let instance = fuzz.value(4)
                let violations = validator.validate(instance)
                verdicts += 1
                #expect(violations.isEmpty == validator.isValid(instance), "\(schema) \(instance)")
            }
        }
        #expect(compiled > 100)
        #expect(verdicts > 400)
    }
}
