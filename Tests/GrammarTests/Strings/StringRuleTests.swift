import Testing

@testable import Grammar

@Suite struct StringRuleTests {
    /// Spelled in one, two, two and six bytes.
    private static let alphabet = "aé\"\u{1}".codePoints
    private static let words = allWords(over: alphabet, upTo: 5)

    private static func bytes(_ word: some Sequence<UInt32>) -> [UInt8] { word.flatMap { CanonicalBytes(of: $0) } }

    /// A random language over the alphabet, and bounds that may or may not cut something off.
    private static func random(_ generator: inout StringGenerator) throws -> (StringAutomaton, ClosedRange<Int>) {
        let sets = ["a", "é", "\"", "\\x01", "[aé]", "[\"\\x01]", "[^a]"]
        func pattern(_ depth: Int) -> String {
            switch depth == 0 ? 0 : Int.random(in: 0..<5, using: &generator) {
            case 0: sets.randomElement(using: &generator) ?? "a"
            case 1, 2: pattern(depth - 1) + pattern(depth - 1)
            case 3: "(" + pattern(depth - 1) + "|" + pattern(depth - 1) + ")"
            default: "(" + pattern(depth - 1) + ")" + (["*", "+", "?", "{2}"].randomElement(using: &generator) ?? "*")
            }
        }
        let language = try StringAutomaton(pattern: "^\(pattern(4))$")
            .intersection(StringAutomaton(pattern: "^[aé\"\\x01]*$"))
        let minimum = Int.random(in: 0...4, using: &generator)
        return (language, minimum...Int.random(in: minimum...5, using: &generator))
    }

    /// All that a rule says, against the list of its members.
    @Test(arguments: 0..<8)
    func agreesWithTheListOfMembers(seed: Int) throws {
        var generator = StringGenerator(state: UInt64(seed) + 50)
        var checked = 0
        for _ in 0..<60 {
            let (automaton, bounds) = try Self.random(&generator)
            let members = Self.words.filter { bounds.contains($0.count) && automaton.contains($0) }
            let (minimum, maximum) = (bounds.lowerBound, bounds.upperBound)
            guard let rule = try StringRule(automaton: automaton, minimum: minimum, maximum: maximum) else {
                #expect(members.isEmpty)
                continue
            }
            let memberBytes = Set(members.map(Self.bytes))
            for prefix in Self.words.prefix(85) {
                let state = prefix.reduce(0) { $0 < 0 ? -1 : automaton.next($0, $1) }
                guard state >= 0 else { continue }
                let written = Self.bytes(prefix)
                let rest = members.filter { $0.starts(with: prefix) }.map { Self.bytes($0.dropFirst(prefix.count)) }
                #expect(rule.canEnd(state, count: prefix.count) == members.contains(prefix))
                #expect(rule.isLive(state, count: prefix.count) == !rest.isEmpty)
                guard !rest.isEmpty else { continue }
                checked += 1
                let sorted = rest.sorted {
                    $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count
                }
                #expect(rule.shortest(state, count: prefix.count) == sorted.first?.count)
                #expect(rule.shortestWords(state, count: prefix.count, limit: 6) == Array(sorted.prefix(6)))
                var appended = written
                rule.appendShortest(state, count: prefix.count, to: &appended)
                #expect(memberBytes.contains(appended) && appended.count == written.count + (sorted.first?.count ?? 0))
                for (offset, character) in Self.insides {
                    let inner = memberBytes.filter { $0.starts(with: written + offset) }
                    let isLive = rule.isLive(state, count: prefix.count, inside: character)
                    #expect(isLive == !inner.isEmpty)
                    guard let least = inner.map(\.count).min() else { continue }
                    var completed = written + offset
                    #expect(
                        rule.shortest(state, count: prefix.count, inside: character) == least - completed.count)
                    rule.appendShortest(state, count: prefix.count, inside: character, to: &completed)
                    #expect(memberBytes.contains(completed) && completed.count == least)
                }
            }
        }
        #expect(checked > 200)
    }

    /// The beginnings of characters of the alphabet and of others.
    private static let insides: [([UInt8], CharacterState)] = [
        "\\", "\\u", "\\u00", "\\u001", "\\u000", "é", "ê",
    ].map { text in
        let bytes = text.utf8.count == 2 && text.utf8.first != 0x5C ? Array(text.utf8.prefix(1)) : Array(text.utf8)
        var state = CharacterState.boundary
        for byte in bytes { if case .inside(let next) = state.step(byte) { state = next } }
        return (bytes, state)
    }

    /// Costs by exact length, computed one length after the other, for bounds far behind where the rows repeat.
    @Test func farBoundsFollowThePeriod() throws {
        let patterns = [
            "^a*$", "^(aé)*$", "^(aaa|éé)*$", "^(a{5}|é)*b$", "^a(bcd)*(é{2})*$", "^(é|a{7})*$", "^(a{3})*(\"{2})*$",
            "^a{0,20}$|^é{30,}$", "^(\\x01|ab)*$", "^\\w+@\\w+$", "^[aé]{2,40}$", "^(😀|\"\")*$",
            // What is cheap at first adds more per character than what is dear at first.
            "^(\\x01{3}a*|é*)$",
        ]
        var generator = StringGenerator(state: 3)
        for pattern in patterns {
            let automaton = try StringAutomaton(pattern: pattern)
            let costs = Self.costs(automaton, upTo: 200)
            let states = 0..<Int32(automaton.stateCount)
            for _ in 0..<80 {
                let minimum = Bool.random(using: &generator) ? 0 : Int.random(in: 1...60, using: &generator)
                let isBounded = Bool.random(using: &generator)
                let maximum = isBounded ? minimum + Int.random(in: 0...60, using: &generator) : .max
                let expected = costs[minimum...min(maximum, 199)].compactMap { $0 }.min()
                let rule = try StringRule(automaton: automaton, minimum: minimum, maximum: maximum)
                #expect((rule != nil) == (expected != nil), "\(pattern) \(minimum) \(maximum)")
                guard let rule, let expected else { continue }
                #expect(rule.shortest(0, count: 0) == expected, "\(pattern) \(minimum) \(maximum)")
                var bytes: [UInt8] = []
                rule.appendShortest(0, count: 0, to: &bytes)
                try Self.follow(bytes, rule, expected)
                #expect(rule.normalized(0) == 0)
                var reached: Set<Int32> = [0]
                for count in 0...70 {
                    if count <= rule.freeCount {
                        #expect(reached.allSatisfy { rule.isLive($0, count: count) })
                    } else if count == rule.freeCount + 1 {
                        #expect(states.contains { !rule.isLive($0, count: count) }, "\(pattern) \(minimum) \(maximum)")
                    }
                    reached = Set(
                        reached.flatMap { state in Self.probes.map { automaton.next(state, $0) } }.filter { $0 >= 0 })
                    for state in states {
                        let isLive = rule.isLive(state, count: count)
                        let same = rule.normalized(count)
                        #expect(isLive == rule.isLive(state, count: same))
                        #expect(rule.canEnd(state, count: count) == rule.canEnd(state, count: same))
                        if isLive { #expect(rule.shortest(state, count: count) == rule.shortest(state, count: same)) }
                    }
                }
            }
        }
    }

    /// Some of each class of characters that the patterns tell apart.
    private static let probes = "ab😀\"\u{1}cdeé@-0".codePoints

    /// Fewest bytes of the words of each length.
    private static func costs(_ automaton: StringAutomaton, upTo length: Int) -> [Int?] {
        var row = (0..<Int32(automaton.stateCount)).map { automaton.isAccepting($0) ? 0 : Int?.none }
        var first: [Int?] = []
        for _ in 0..<length {
            first.append(row[0])
            row = (0..<Int32(automaton.stateCount)).map { state in
                probes.compactMap { probe in
                    let next = automaton.next(state, probe)
                    return next < 0 ? nil : row[Int(next)].map { $0 + CanonicalBytes.count(of: probe) }
                }.min()
            }
        }
        return first
    }

    /// Each byte of a shortest continuation brings its end one byte closer.
    private static func follow(_ bytes: [UInt8], _ rule: StringRule, _ size: Int) throws {
        var (state, count, character) = (Int32(0), 0, CharacterState.boundary)
        for (index, byte) in bytes.enumerated() {
            try #require(rule.isLive(state, count: count, inside: character))
            try #require(rule.shortest(state, count: count, inside: character) == size - index)
            switch character.step(byte) {
            case .inside(let next): character = next
            case .scalar(let scalar):
                (state, count, character) = (rule.automaton.next(state, scalar), count + 1, .boundary)
            case .dead, .end: Issue.record("byte \(index) of \(bytes) cannot stand there")
            }
        }
        #expect(character.isBoundary && rule.canEnd(state, count: count) && bytes.count == size)
    }

    @Test func universalRulesNeedNoTables() throws {
        let rule = try #require(try StringRule(automaton: .universal, minimum: 3, maximum: 100_000))
        #expect(rule.freeCount == 100_000)
        #expect(rule.shortest(0, count: 1) == 2 && rule.shortest(0, count: 50) == 0)
        #expect(rule.isLive(0, count: 100_000) && !rule.isLive(0, count: 100_001))
        #expect(rule.canEnd(0, count: 3) && !rule.canEnd(0, count: 2) && !rule.canEnd(0, count: 100_001))
        var bytes: [UInt8] = []
        rule.appendShortest(0, count: 0, to: &bytes)
        #expect(bytes == Array("---".utf8))
        #expect(try StringRule(automaton: .universal)?.normalized(12345) == 0)
        #expect(try StringRule(automaton: .universal, minimum: 4)?.normalized(12345) == 4)
        #expect(try StringRule(automaton: .universal)?.shortestWords(0, count: 0, limit: 3) == [[], [0x20], [0x21]])
    }

    /// States that come late are not asked for at small counts.
    @Test func freeCountLooksAtWhatIsReached() throws {
        let email = try StringAutomaton(pattern: "^[a-z]+@(?:[a-z]+|\\[[a-z]\\])$")
        #expect(try StringRule(automaton: email, minimum: 5)?.freeCount == .max)
        #expect(try StringRule(automaton: email, minimum: 6)?.freeCount == 2)
        #expect(try StringRule(automaton: email, minimum: 5, maximum: 30)?.freeCount == 27)
        let late = try StringAutomaton(pattern: "^(?:aab|a*)$")
        #expect(try StringRule(automaton: late, minimum: 4)?.freeCount == 2)
        #expect(try StringRule(automaton: late, minimum: 3)?.freeCount == .max)
    }

    /// Long words are found one by one, or at least one of them.
    @Test func manyLongWords() throws {
        let short = try #require(try StringRule(automaton: .universal, minimum: 200))
        let words = short.shortestWords(0, count: 0, limit: 20)
        #expect(words.count == 20 && words[0] == [UInt8](repeating: 0x20, count: 200))
        #expect(zip(words, words.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        let long = try #require(try StringRule(automaton: .universal, minimum: 100_000))
        #expect(long.shortestWords(0, count: 0, limit: 20).map(\.count) == [100_000])
    }

    @Test func longBoundsCostLittle() throws {
        let word = try StringAutomaton(pattern: "^[a-z]+( [a-z]+)*$")
        let rule = try #require(try StringRule(automaton: word, minimum: 0, maximum: 100_000))
        #expect(rule.freeCount == 99_999)
        let long = try #require(try StringRule(automaton: word, minimum: 1_000_000, maximum: .max))
        #expect(long.shortest(0, count: 0) == 1_000_000)
        #expect(throws: StringAutomatonError.self) { try StringRule(automaton: word, minimum: .max, maximum: .max) }
        let wide = try StringAutomaton(pattern: "^(?:[a-z]{0,4000}|[0-9])$")
        #expect(throws: StringAutomatonError.self) { try StringRule(automaton: wide, minimum: 1, maximum: 3000) }
        let counting = try #require(try StringRule.counting(wide, minimum: 1, maximum: 3000))
        #expect(try counting.automaton == StringAutomaton(pattern: "^(?:[a-z]{1,3000}|[0-9])$"))
        #expect(counting.freeCount == .max && counting.normalized(7) == 0)
        #expect(try StringRule(automaton: wide, minimum: 0, maximum: 4000)?.freeCount == .max)
        #expect(try StringRule(automaton: wide, minimum: 5000, maximum: 6000) == nil)
    }
}
