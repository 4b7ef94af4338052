import Testing

@testable import Grammar

/// Random constraints against their meaning, `NumberConstraints.admits`.
struct NumberRulePropertyTests {
    private static let rules: [(constraints: NumberConstraints, rule: NumberRule?)] = {
        var generator = NumberGenerator(state: 7)
        return (0..<600).compactMap { _ in
            let constraints = NumberConstraints.random(using: &generator)
            do { return (constraints, try NumberRule(constraints)) } catch { return nil }
        }
    }()

    @Test func hasRulesOfBothKinds() {
        #expect(Self.rules.filter { $0.rule != nil }.count > 200)
        #expect(Self.rules.filter { $0.rule == nil }.count > 50)
    }

    @Test func acceptsExactlyTheShortTextsThatAreAdmitted() {
        let texts = PlainTexts.all(length: 4)
        for (constraints, rule) in Self.rules {
            for (text, value) in texts {
                let isAdmitted = constraints.admits(value) && constraints.admitsSpelling(text)
                let isAccepted = rule?.accepts(text) ?? false
                if isAdmitted != isAccepted {
                    Issue.record("\(String(decoding: text, as: UTF8.self)) \(isAccepted) under \(constraints)")
                    return
                }
            }
        }
    }

    @Test func shortestIsTheLeastLength() {
        let texts = PlainTexts.all(length: 4)
        for (constraints, rule) in Self.rules {
            let least = texts.first { constraints.admits($0.value) && constraints.admitsSpelling($0.text) }
            guard let rule else {
                #expect(least == nil)
                continue
            }
            let shortest = rule.shortestText()
            #expect(shortest.count == rule.shortest(NumberRule.start))
            #expect(rule.accepts(shortest))
            if let least { #expect(shortest.count == least.text.count) } else { #expect(shortest.count > 4) }
        }
    }

    @Test func walksNeverEndDead() throws {
        var generator = NumberGenerator(state: 11)
        for (constraints, rule) in Self.rules {
            guard let rule else { continue }
            for _ in 0..<6 {
                var text: [UInt8] = []
                var (state, count) = (NumberRule.start, Int32(0))
                for _ in 0..<Int.random(in: 0..<90, using: &generator) {
                    let following = rule.following(state, count)
                    guard let byte = following.randomElement(using: &generator) else { break }
                    let next = try #require(rule.step(state, count: count, byte))
                    #expect(rule.shortest(next.state) >= rule.shortest(state) - 1)
                    (state, count) = next
                    text.append(byte)
                }
                #expect(rule.canEnd(state) || !rule.following(state, count).isEmpty)
                text += rule.shortestText(state)
                #expect(rule.accepts(text))
                let value = try #require(Decimal(lexeme: String(decoding: text, as: UTF8.self)))
                let isPlain = !text.contains { $0 | 0x20 == UInt8(ascii: "e") }
                #expect(constraints.admits(value) && (!isPlain || constraints.admitsSpelling(text)))
            }
        }
    }

    @Test func acceptsTheCanonicalTextsOfAdmittedValues() {
        var generator = NumberGenerator(state: 13)
        var admitted = 0
        for (constraints, rule) in Self.rules {
            for _ in 0..<40 {
                let coefficient = Int128(Int.random(in: -99_999_999...99_999_999, using: &generator))
                var value = Decimal(coefficient, exponent: Int.random(in: -6...8, using: &generator))
                if Bool.random(using: &generator) { value = .random(using: &generator) }
                let isAccepted = rule?.accepts(value.text) ?? false
                #expect(isAccepted == constraints.admits(value))
                admitted += isAccepted ? 1 : 0
            }
        }
        #expect(admitted > 1000)
    }

    @Test func wordsAreTheShortTextsInOrder() {
        let texts = PlainTexts.all(length: 4)
        for (constraints, rule) in Self.rules {
            guard let rule, constraints.needsUniqueSpelling else { continue }
            let words = rule.words(NumberRule.start, count: 0, limit: 40)
            #expect(words.count == rule.wordCount(NumberRule.start, count: 0, limit: 40))
            let short = texts.filter { constraints.admits($0.value) && constraints.admitsSpelling($0.text) }
            let expected = short.map(\.text).sorted {
                $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count
            }
            #expect(Array(words.prefix(expected.count)) == Array(expected.prefix(40)))
            let values = Set(words.compactMap { Decimal(lexeme: String(decoding: $0, as: UTF8.self)) })
            #expect(values.count == words.count && values.allSatisfy(constraints.admits))
        }
    }
}
