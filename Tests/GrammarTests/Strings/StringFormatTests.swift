import Foundation
import JSONSchema
import TestSupport
import Testing

@testable import Grammar

/// The tests of the formats in the JSON Schema test suite beside the repository.
private enum FormatSuite {
    static let path = Repository.path("../shared/corpora/json-schema-test-suite/tests/draft2020-12/optional/format")
    static let isPresent = FileManager.default.fileExists(atPath: path)

    static func tests(of format: StringFormat) throws -> [(text: String, isValid: Bool)] {
        let file = path + "/" + format.rawValue + ".json"
        guard FileManager.default.fileExists(atPath: file) else { return [] }
        let groups = try JSONValue(parsing: Repository.bytes(of: file)).arrayValue ?? []
        return groups.flatMap { $0["tests"]?.arrayValue ?? [] }.compactMap { test in
            guard let text = test["data"]?.stringValue, let isValid = test["valid"]?.boolValue else { return nil }
            return (text, isValid)
        }
    }
}

@Suite struct StringFormatTests {
    private static func accepts(_ format: StringFormat, _ text: String) -> Bool {
        let word = text.codePoints
        return word.count <= format.maximumLength ?? .max && format.automaton.contains(word)
    }

    private static func validator(_ format: StringFormat) throws -> SchemaValidator {
        try SchemaValidator(
            schema: ["format": .string(format.rawValue)], options: SchemaOptions(assertsFormats: true))
    }

    @Test(.enabled(if: FormatSuite.isPresent, "the JSON Schema test suite is not beside the repository"))
    func verdictsOfTheTestSuite() throws {
        var count = 0
        for format in StringFormat.allCases {
            for (text, isValid) in try FormatSuite.tests(of: format) {
                let isAccepted = Self.accepts(format, text)
                if !isValid || format.isExact { #expect(isAccepted == isValid, "\(format): \(text.debugDescription)") }
                count += 1
            }
        }
        #expect(count > 500)
    }

    /// Random members are valid to the validator, which shares no code with the automata.
    @Test(arguments: StringFormat.allCases)
    func membersAreValid(format: StringFormat) throws {
        let validator = try Self.validator(format)
        let rule = try #require(
            try StringRule(automaton: format.automaton, maximum: min(format.maximumLength ?? .max, 300)))
        var generator = StringGenerator(state: 5)
        var members = 0
        for _ in 0..<400 {
            let word = Self.randomMember(of: rule, &generator)
            try #require(Self.accepts(format, text(word)))
            #expect(validator.isValid(.string(text(word))), "\(text(word).debugDescription)")
            members += 1
            // One mistake: the automaton must not accept what the validator does not.
            var changed = word
            let place = Int.random(in: 0...word.count, using: &generator)
            if Bool.random(using: &generator), place < changed.count { changed.remove(at: place) }
            if Bool.random(using: &generator) {
                changed.insert(
                    "-.:/~%{[@0aZé\"\\ ".codePoints.randomElement(using: &generator) ?? 0, at: min(place, changed.count)
                )
            }
            let isAccepted = Self.accepts(format, text(changed))
            let isValid = validator.isValid(.string(text(changed)))
            #expect(isAccepted ? isValid : !(isValid && format.isExact), "\(text(changed).debugDescription)")
        }
        #expect(members == 400)
    }

    /// Takes random characters, then the shortest way to an end.
    private static func randomMember(of rule: StringRule, _ generator: inout StringGenerator) -> [UInt32] {
        let automaton = rule.automaton
        var (state, word) = (Int32(0), [UInt32]())
        for _ in 0..<Int.random(in: 0...(Bool.random(using: &generator) ? 20 : 150), using: &generator) {
            let live = automaton.classes.starts.indices.filter { run in
                let next = automaton.next(state, automaton.classes.starts[run])
                return next >= 0 && rule.isLive(next, count: word.count + 1)
            }
            guard let run = live.randomElement(using: &generator) else { break }
            let range = automaton.classes.range(ofRun: run)
            let scalar = UInt32.random(in: range, using: &generator)
            word.append((0xD800...0xDFFF).contains(scalar) ? range.lowerBound : scalar)
            state = automaton.next(state, word[word.count - 1])
        }
        var bytes: [UInt8] = []
        rule.appendShortest(state, count: word.count, to: &bytes)
        var character = CharacterState.boundary
        for byte in bytes {
            switch character.step(byte) {
            case .inside(let next): character = next
            case .scalar(let scalar):
                word.append(scalar)
                character = .boundary
            case .dead, .end: break
            }
        }
        return word
    }

    @Test(arguments: [
        (StringFormat.date, ["2000-02-29", "2024-02-29", "0000-02-29"], ["1900-02-29", "2023-02-29", "2023-04-31"]),
        (
            .dateTime, ["2024-01-01T23:59:60Z", "2024-01-01t00:00:00.5+23:59"],
            ["2024-01-01T23:58:60Z", "2024-01-01 00:00:00Z"]
        ),
        (
            .hostname, ["a", "a-b.c", String(repeating: "a", count: 63)],
            ["", "a.", "-a", "xn--X", String(repeating: "a", count: 64)]
        ),
        (
            .email, ["a.b@c", "\"a\\\"b\"@[IPv6:::1]"],
            [
                "a@b@c", ".a@b", String(repeating: "a", count: 65) + "@b",
                "\"@" + String(repeating: "a", count: 62) + "\"@b",
            ]
        ),
        (.ipv4, ["0.0.0.0", "255.249.19.1"], ["256.0.0.0", "01.0.0.0", "1.2.3"]),
        (
            .ipv6, ["::", "1::", "1:2:3:4:5:6:7:8", "::1.2.3.4", "1::2:1.2.3.4"],
            ["1:2:3:4:5:6:7", "1::2::3", "::1%a", ":1"]
        ),
        (.uri, ["a:", "http://[::1]:80/?a#b", "urn:a:b"], ["//a", "a b:", "http://[::1", "a:%g0"]),
        (.uriReference, ["", "//a", "a/b:c", "#f"], ["a:b:c\\", ":a", "%"]),
        (.iri, ["http://é/"], ["http://\u{E000}/", "é:"]),
        (.regex, ["^[a-z]+(\\d{2}|x)*$", "", "[^\\]]"], ["(", "[a", "*", "a)", "(?<"]),
        (.idnHostname, ["é.한국", "example.com"], ["é-", "-é", "éa--b", "é..a"]),
        (.idnEmail, ["δοκ@é.com", String(repeating: "a", count: 64) + "@b.c"], ["δοκ", "é@-a"]),
    ])
    func knownTexts(format: StringFormat, members: [String], others: [String]) {
        for member in members { #expect(Self.accepts(format, member), "\(member)") }
        for other in others { #expect(!Self.accepts(format, other), "\(other)") }
    }

    @Test func everyDayOfTheCalendar() {
        func digits(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: count - String(number).count) + String(number)
        }
        for year in 0...9999 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let isAccepted = Self.accepts(.date, digits(year, 4) + "-02-29")
            if isAccepted != isLeap { Issue.record("29 February \(year)") }
        }
        let days = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0]
        for month in 0...13 {
            for day in 0...32 {
                let text = "2023-" + digits(month, 2) + "-" + digits(day, 2)
                #expect(Self.accepts(.date, text) == (day >= 1 && day <= days[month]), "\(text)")
            }
        }
    }

    @Test func formatsAreFoundByName() throws {
        #expect(StringAutomaton(format: "date") == StringFormat.date.automaton)
        #expect(StringAutomaton(format: "colour") == nil)
        #expect(StringAutomaton.isExact(format: "uuid") && !StringAutomaton.isExact(format: "email"))
        #expect(StringAutomaton.maximumLength(format: "hostname") == 253)
        #expect(StringFormat.allCases.allSatisfy { !$0.automaton.isEmpty && !$0.automaton.isUniversal })
    }
}
