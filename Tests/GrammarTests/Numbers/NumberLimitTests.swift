import Testing

@testable import Grammar

/// Digit limits, counting, and large multiples along the whole way.
struct NumberLimitTests {
    @Test func digitsEndAtTheLimits() throws {
        let options = NumberOptions(maximumIntegerDigits: 3, maximumFractionDigits: 2, maximumExponentDigits: 1)
        let rule = try #require(try NumberRule(NumberConstraints(), options: options))
        for text in ["999", "-999.99e-9", "0.12", "1E5"] { #expect(rule.accepts(text)) }
        for text in ["1000", "0.123", "1e12", "-1234"] { #expect(!rule.accepts(text)) }
        #expect(rule.limit(NumberRule.start) == 3)
    }

    @Test func noFractionAndNoExponentWithoutDigitsForThem() throws {
        let options = NumberOptions(maximumIntegerDigits: 2, maximumFractionDigits: 0, maximumExponentDigits: 0)
        let rule = try #require(try NumberRule(NumberConstraints(), options: options))
        #expect(rule.accepts("12"))
        let state = rule.next(NumberRule.start, UInt8(ascii: "1"))
        #expect(rule.following(state, 1) == Array("0123456789".utf8))
        let halves = try #require(try NumberRule(NumberConstraints(mustNotBeInteger: true), options: options))
        #expect(halves.accepts("0.5") && !halves.accepts("0.55"))
    }

    @Test func limitsGiveWayToWhatIsExcluded() throws {
        let options = NumberOptions(maximumIntegerDigits: 1)
        var constraints = NumberConstraints(mustBeInteger: true, excluded: (0...9).map { Decimal($0) })
        constraints.raiseMinimum(to: decimal("0"), exclusive: false)
        constraints.lowerMaximum(to: decimal("50"), exclusive: false)
        let rule = try #require(try NumberRule(constraints, options: options))
        #expect(rule.accepts("10") && rule.accepts("50") && !rule.accepts("51") && !rule.accepts("5"))
    }

    @Test func digitsThatCouldNotBeFinishedAreRefused() throws {
        let options = NumberOptions(maximumIntegerDigits: 4, maximumFractionDigits: 1)
        var constraints = NumberConstraints(mustBeInteger: true)
        constraints.raiseMinimum(to: decimal("5000"), exclusive: false)
        let rule = try #require(try NumberRule(constraints, options: options))
        // 4000 is too small and 40000 within the limit that the minimum asks for.
        #expect(rule.accepts("5000") && rule.accepts("40000") && !rule.accepts("4000") && !rule.accepts("100000"))
    }

    @Test func everyWayEndsWithinTightLimits() throws {
        var generator = NumberGenerator(state: 23)
        var walks = 0
        for _ in 0..<500 {
            let constraints = NumberConstraints.random(using: &generator)
            let options = NumberOptions(
                maximumIntegerDigits: Int.random(in: 0...4, using: &generator),
                maximumFractionDigits: Int.random(in: 0...3, using: &generator),
                maximumExponentDigits: Int.random(in: 0...1, using: &generator))
            guard let rule = try? NumberRule(constraints, options: options) else { continue }
            for _ in 0..<6 {
                var text: [UInt8] = []
                var (state, count) = (NumberRule.start, Int32(0))
                while !rule.canEnd(state) || Int.random(in: 0..<8, using: &generator) > 0 {
                    guard let byte = rule.following(state, count).randomElement(using: &generator) else { break }
                    (state, count) = try #require(rule.step(state, count: count, byte))
                    text.append(byte)
                }
                #expect(rule.canEnd(state))
                #expect(rule.accepts(rule.shortestText()))
                let value = try #require(Decimal(lexeme: String(decoding: text, as: UTF8.self)))
                #expect(constraints.admits(value), "\(value) under \(constraints)")
                walks += 1
            }
        }
        #expect(walks > 500)
    }

    @Test func countsSmallLanguages() throws {
        var constraints = NumberConstraints(mustBeInteger: true, needsUniqueSpelling: true)
        constraints.raiseMinimum(to: decimal("-2"), exclusive: false)
        constraints.lowerMaximum(to: decimal("10"), exclusive: false)
        let rule = try #require(try NumberRule(constraints))
        #expect(rule.wordCount(NumberRule.start, count: 0, limit: 100) == 13)
        #expect(rule.wordCount(NumberRule.start, count: 0, limit: 5) == 5)
        let words = rule.words(NumberRule.start, count: 0, limit: 100).map { String(decoding: $0, as: UTF8.self) }
        #expect(words == (0...9).map(String.init) + ["-1", "-2", "10"])
        let one = try #require(rule.step(NumberRule.start, count: 0, UInt8(ascii: "1")))
        #expect(rule.words(one.state, count: one.count, limit: 9) == [[], [UInt8(ascii: "0")]])
    }

    @Test func countsSaturateWhereThereIsNoEnd() throws {
        let rule = try #require(try NumberRule(NumberConstraints(needsUniqueSpelling: true)))
        #expect(rule.wordCount(NumberRule.start, count: 0, limit: 1000) == 1000)
        #expect(rule.words(NumberRule.start, count: 0, limit: 1000).count == 1000)
    }

    @Test(arguments: [false, true])
    func largeMultiplesAlwaysEnd(isPositive: Bool) throws {
        var constraints = NumberConstraints(mustBeInteger: isPositive, multiples: [decimal("123456789")])
        if isPositive { constraints.raiseMinimum(to: decimal("0"), exclusive: true) }
        constraints.needsUniqueSpelling = isPositive
        let rule = try #require(try NumberRule(constraints))
        var generator = NumberGenerator(state: 17)
        for _ in 0..<300 {
            var text: [UInt8] = []
            var (state, count) = (NumberRule.start, Int32(0))
            for _ in 0..<Int.random(in: 0..<40, using: &generator) {
                guard let byte = rule.following(state, count).randomElement(using: &generator) else { break }
                let next = try #require(rule.step(state, count: count, byte))
                #expect(rule.shortest(next.state) >= rule.shortest(state) - 1)
                (state, count) = next
                text.append(byte)
            }
            var shortest = rule.shortestText(state)
            #expect(shortest.count == rule.shortest(state))
            text += shortest
            #expect(rule.accepts(text))
            #expect(constraints.admits(decimal(String(decoding: text, as: UTF8.self))))
            // Each byte of the shortest way brings the end one nearer.
            while let byte = shortest.first {
                let next = try #require(rule.step(state, count: count, byte))
                #expect(rule.shortest(next.state) == shortest.count - 1)
                (state, count) = next
                shortest.removeFirst()
            }
        }
    }

    @Test func wordsOfLargeMultiples() throws {
        let constraints = NumberConstraints(
            mustBeInteger: true, multiples: [decimal("123456789")], needsUniqueSpelling: true)
        let rule = try #require(try NumberRule(constraints))
        let words = rule.words(NumberRule.start, count: 0, limit: 5).map { String(decoding: $0, as: UTF8.self) }
        #expect(words == ["0", "123456789", "246913578", "370370367", "493827156"])
    }
}
