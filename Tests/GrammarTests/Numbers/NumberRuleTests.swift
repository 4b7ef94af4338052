import Testing

@testable import Grammar

/// Texts each kind of constraint accepts and refuses.
struct NumberRuleTests {
    private func check(
        _ constraints: NumberConstraints, accepts: [String], refuses: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let rule = try #require(try NumberRule(constraints), sourceLocation: sourceLocation)
        for text in accepts { #expect(rule.accepts(text), "\(text) refused", sourceLocation: sourceLocation) }
        for text in refuses { #expect(!rule.accepts(text), "\(text) accepted", sourceLocation: sourceLocation) }
    }

    @Test func anyNumber() throws {
        try check(
            NumberConstraints(), accepts: ["0", "-0", "7", "-12.50", "0.001", "1e5", "1E+05", "-2.5e-300", "100"],
            refuses: ["", "-", "01", "1.", ".5", "+1", "1e", "1e-", "1e1234", "1.e5", "0x", "1 ", "e5", "1e1.5"])
    }

    @Test func integers() throws {
        try check(
            NumberConstraints(mustBeInteger: true), accepts: ["0", "-0", "10", "-99"],
            refuses: ["1.0", "1e2", "00", "-"])
        try check(
            NumberConstraints(mustBeInteger: true, needsUniqueSpelling: true), accepts: ["0", "-1"],
            refuses: ["-0", "-"])
    }

    @Test func notIntegers() throws {
        try check(
            NumberConstraints(mustNotBeInteger: true), accepts: ["0.5", "-0.10", "12.001"],
            refuses: ["0", "1", "1.0", "-3.000", "15e-1"])
    }

    @Test func bounds() throws {
        var percent = NumberConstraints(mustBeInteger: true)
        percent.raiseMinimum(to: decimal("0"), exclusive: false)
        percent.lowerMaximum(to: decimal("100"), exclusive: false)
        try check(percent, accepts: ["0", "-0", "7", "99", "100"], refuses: ["-1", "101", "1000", "200"])

        var range = NumberConstraints()
        range.raiseMinimum(to: decimal("-2.5"), exclusive: true)
        range.lowerMaximum(to: decimal("10.25"), exclusive: false)
        try check(
            range, accepts: ["-2.49999", "-2.4", "0", "-0.0", "10.25", "10.2500", "9.999"],
            refuses: ["-2.5", "-2.50", "-3", "10.2501", "10.3", "11", "-25"])

        var negative = NumberConstraints()
        negative.lowerMaximum(to: decimal("0"), exclusive: true)
        try check(negative, accepts: ["-0.001", "-12"], refuses: ["0", "-0", "-0.00", "1"])
    }

    @Test func boundsBeyondTheDigitLimit() throws {
        var least = NumberConstraints(mustBeInteger: true)
        least.raiseMinimum(to: decimal("1e40"), exclusive: false)
        let zeros = String(repeating: "0", count: 39)
        try check(least, accepts: ["10" + zeros, "20" + zeros], refuses: ["1" + zeros, "99", "0", "-10" + zeros])

        var doubles = NumberConstraints()
        doubles.raiseMinimum(to: decimal("-1.7976931348623157e308"), exclusive: false)
        doubles.lowerMaximum(to: decimal("1.7976931348623157e308"), exclusive: false)
        let rule = try #require(try NumberRule(doubles))
        #expect(rule.accepts("-1234567890.5") && rule.stateCount < 20)

        var tiny = NumberConstraints()
        tiny.raiseMinimum(to: decimal("0"), exclusive: true)
        tiny.lowerMaximum(to: decimal("1e-40"), exclusive: false)
        try check(tiny, accepts: [String(decoding: decimal("1e-40").text, as: UTF8.self)], refuses: ["0", "0.1"])
    }

    @Test(arguments: [
        ("0.01", ["0", "12.34", "-12.3", "12.340", "5"], ["0.001", "12.345", "12.3401"]),
        ("2.5", ["2.5", "5", "7.50", "-10", "1002.5"], ["2", "1", "2.55", "7.4"]),
        ("1000", ["0", "1000", "-12000", "7000.0"], ["100", "1", "1500", "10001"]),
        ("1e20", ["0", "100000000000000000000", "1200000000000000000000"], ["10000000000000000000", "1"]),
        ("1e-8", ["0.00000001", "3.5", "12391239123"], ["0.000000001"]),
        ("0.25", ["0.25", "1.75", "3", "0.50"], ["0.3", "0.26", "0.125"]),
        ("7", ["0", "7", "-49", "700", "14.0"], ["1", "8", "7.7", "71"]),
        ("0.07", ["0.07", "0.7", "7", "1.4", "70.07"], ["0.08", "1", "0.071", "70.06"]),
    ])
    func multiples(unit: String, accepts: [String], refuses: [String]) throws {
        try check(NumberConstraints(multiples: [decimal(unit)]), accepts: accepts, refuses: refuses)
    }

    @Test func multiplesCombine() throws {
        try check(
            NumberConstraints(multiples: ["4", "6", "0.5"].map(decimal)), accepts: ["0", "12", "-24", "120"],
            refuses: ["4", "6", "18", "12.5"])
        try check(
            NumberConstraints(mustBeInteger: true, multiples: [decimal("0.5")]), accepts: ["1", "3"], refuses: ["0.5"])
        try check(
            NumberConstraints(multiples: [decimal("0.5")], notMultiples: [decimal("1")]), accepts: ["0.5", "-7.50"],
            refuses: ["1", "0", "2.0"])
    }

    @Test func excludedInAllSpellings() throws {
        try check(
            NumberConstraints(excluded: ["0", "1.5", "20", "1.505"].map(decimal)),
            accepts: ["1", "-1.5", "1.51", "1.5050001", "200", "0.1", "-20"],
            refuses: ["0", "-0", "0.0", "-0.00", "1.5", "1.500", "20", "20.0", "1.5050", "20e0"])
        // The zeros after 5 do not lead back to the 8 of 5.8.
        try check(
            NumberConstraints(excluded: ["5", "5.8"].map(decimal)), accepts: ["5.08", "5.008"],
            refuses: ["5", "5.0", "5.00", "5.8", "5.80"])
    }

    @Test func largeMultiplesOfIntegers() throws {
        try check(
            NumberConstraints(mustBeInteger: true, multiples: [decimal("0.123456789")]),
            accepts: ["0", "-0", "123456789", "-246913578", "1234567890"],
            refuses: ["1", "123456788", "-1", "0.123456789"])
        var positive = NumberConstraints(mustBeInteger: true, multiples: [decimal("1000003")])
        positive.raiseMinimum(to: decimal("1"), exclusive: false)
        try check(positive, accepts: ["1000003", "3000009"], refuses: ["0", "-1000003", "-0", "1000004"])
        try check(
            NumberConstraints(multiples: [decimal("19997")]), accepts: ["0", "-39994", "19997.00", "0.0"],
            refuses: ["19998", "0.5", "19997.", "19997.01", "19998.0"])
    }

    @Test func largeMultiplesInASmallRange() throws {
        var constraints = NumberConstraints(multiples: [decimal("0.123456789")])
        constraints.raiseMinimum(to: decimal("-1"), exclusive: false)
        constraints.lowerMaximum(to: decimal("1"), exclusive: false)
        try check(
            constraints, accepts: ["0", "0.123456789", "-0.24691357800", "-0.0"], refuses: ["1", "0.5", "0.1234567891"])
        #expect(throws: NumberRuleError.self) { try NumberRule(NumberConstraints(multiples: [decimal("0.123456789")])) }

        var listed = NumberConstraints(mustBeInteger: true, multiples: [decimal("1000003")])
        listed.raiseMinimum(to: decimal("5"), exclusive: false)
        listed.lowerMaximum(to: decimal("4095000000"), exclusive: false)
        try check(listed, accepts: ["1000003", "4094012282"], refuses: ["0", "4094012283", "4095012285", "-1000003"])
    }

    @Test func contradictions() throws {
        #expect(try NumberRule(NumberConstraints(mustBeInteger: true, mustNotBeInteger: true)) == nil)
        #expect(try NumberRule(NumberConstraints(mustNotBeInteger: true, multiples: [decimal("3")])) == nil)
        #expect(try NumberRule(NumberConstraints(multiples: [decimal("6")], notMultiples: [decimal("3")])) == nil)
        var between = NumberConstraints(mustBeInteger: true)
        between.raiseMinimum(to: decimal("0"), exclusive: true)
        between.lowerMaximum(to: decimal("1"), exclusive: true)
        #expect(try NumberRule(between) == nil)
        between.mustBeInteger = false
        between.multiples = [decimal("0.7"), decimal("0.4")]
        #expect(try NumberRule(between) == nil)
    }

    @Test func refusals() throws {
        #expect(throws: NumberRuleError(keyword: "multipleOf", reason: "must be greater than 0")) {
            try NumberRule(NumberConstraints(multiples: [.zero]))
        }
        #expect(throws: NumberRuleError.self) {
            try NumberRule(NumberConstraints(excluded: (1...2000).map { Decimal($0, exponent: -4000) }))
        }
        let error = try #require(throws: NumberRuleError.self) {
            try NumberRule(NumberConstraints(notMultiples: [decimal("1000003")]))
        }
        #expect(error.keyword == "not")
        #expect(throws: NumberRuleError.self) {
            try NumberRule(NumberConstraints(multiples: [decimal("1.2345678901234567890123")]))
        }
    }
}
