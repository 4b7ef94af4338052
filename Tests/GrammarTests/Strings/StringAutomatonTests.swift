import Testing

@testable import Grammar

@Suite struct StringAutomatonTests {
    private static let words = allWords(over: "ab😀".codePoints, upTo: 5)

    private static func random(_ generator: inout StringGenerator) throws -> StringAutomaton {
        try StringAutomaton(pattern: NaivePattern.random(depth: 4, using: &generator, looks: false).text)
    }

    /// Equal languages are equal values, so the laws of algebra are equations.
    @Test func lawsOfAlgebra() throws {
        var generator = StringGenerator(state: 7)
        for _ in 0..<300 {
            let a = try Self.random(&generator)
            let b = try Self.random(&generator)
            let c = try Self.random(&generator)
            let both = try a.intersection(b)
            let either = try a.union(b)
            #expect(try both == b.intersection(a))
            #expect(try either == b.union(a))
            #expect(try both.complement() == a.complement().union(b.complement()))
            #expect(try a.complement().complement() == a)
            #expect(try a.intersection(either) == a)
            #expect(try a.union(both) == a)
            #expect(try a.intersection(a.complement()) == .empty)
            #expect(try a.union(a.complement()) == .universal)
            #expect(try c.intersection(either) == c.intersection(a).union(c.intersection(b)))
            for word in Self.words.prefix(120) {
                #expect(both.contains(word) == (a.contains(word) && b.contains(word)))
                #expect(either.contains(word) == (a.contains(word) || b.contains(word)))
            }
        }
    }

    @Test func finiteSetsOfWords() throws {
        var generator = StringGenerator(state: 8)
        for _ in 0..<200 {
            let words = Set(
                (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                    Self.words.randomElement(using: &generator)
                })
            let automaton = try StringAutomaton(words: words)
            for word in Self.words { #expect(automaton.contains(word) == words.contains(word)) }
            #expect(automaton.isEmpty == words.isEmpty)
            if !words.isEmpty { #expect(automaton.wordCount(from: 0) == words.count) }
            let pattern = words.isEmpty ? "[]" : "^(?:" + words.map(text).joined(separator: "|") + ")$"
            #expect(try automaton == StringAutomaton(pattern: pattern))
        }
        #expect(try StringAutomaton(words: [[0xD800]]).isEmpty)
        let many = (UInt32(0)..<2000).map { first in [0x4E00 + first] + [UInt32](repeating: 0x61, count: 1000) }
        #expect(throws: StringAutomatonError.tooLarge) { try StringAutomaton(words: many) }
    }

    @Test func lengths() throws {
        let someWords = try StringAutomaton(minimumLength: 1, maximumLength: 3)
        #expect(try someWords == StringAutomaton(pattern: "^[^]{1,3}$"))
        #expect(try StringAutomaton(minimumLength: 2, maximumLength: .max) == StringAutomaton(pattern: "[^]{2}"))
        #expect(try StringAutomaton(minimumLength: 0, maximumLength: .max) == .universal)
        #expect(try StringAutomaton(minimumLength: 3, maximumLength: 2) == .empty)
        #expect(throws: StringAutomatonError.tooManyStates) {
            try StringAutomaton(minimumLength: 0, maximumLength: 1_000_000)
        }
    }

    @Test func transitionsIntoRanges() throws {
        var generator = StringGenerator(state: 9)
        let bounds: [UInt32] = [0, 0x5F, 0x61, 0x62, 0xE8, 0xE9, 0xEA, 0x1F5FF, 0x1F600, 0x1F601, 0x10FFFF]
        for _ in 0..<300 {
            let automaton = try Self.random(&generator)
            for state in 0..<Int32(automaton.stateCount) {
                let low = Int.random(in: 0..<bounds.count, using: &generator)
                let high = Int.random(in: low..<bounds.count, using: &generator)
                let range = bounds[low]...bounds[high]
                // The first scalars of the runs within, and that of the range, stand for all.
                let probes = automaton.classes.starts.filter(range.contains) + [range.lowerBound]
                let isFound = probes.contains { automaton.next(state, $0) >= 0 }
                #expect(automaton.hasTransition(from: state, into: range) == isFound)
            }
        }
        let letters = try StringAutomaton(pattern: "^[b-dé]$")
        #expect(!letters.hasTransition(from: 0, into: 0...0x61))
        #expect(letters.hasTransition(from: 0, into: 0...0x62))
        #expect(letters.hasTransition(from: 0, into: 0x65...0x10FFFF))
        #expect(!letters.hasTransition(from: 0, into: 0xEA...0x10FFFF))
        #expect(letters.next(0, 0xD800) == -1 && StringAutomaton.universal.next(0, 0x110000) == -1)
    }

    @Test func countsAndUniversality() throws {
        var generator = StringGenerator(state: 10)
        let alphabet = try StringAutomaton(pattern: "^[ab😀]{0,5}$")
        for _ in 0..<200 {
            let automaton = try Self.random(&generator)
            let finite = try automaton.intersection(alphabet)
            #expect((finite.isEmpty ? 0 : finite.wordCount(from: 0)) == Self.words.count { automaton.contains($0) })
            for state in 0..<Int32(automaton.stateCount) where automaton.isUniversal(from: state) {
                for word in Self.words.prefix(40) {
                    #expect(word.reduce(state) { $0 < 0 ? -1 : automaton.next($0, $1) } == state)
                }
            }
            #expect(automaton.isUniversal == (automaton == .universal))
        }
        #expect(try StringAutomaton(pattern: "^a*$").wordCount(from: 0) == Int(Int32.max))
        #expect(try StringAutomaton(pattern: "^[^]{2}$").wordCount(from: 0) == Int(Int32.max) - 1)
        #expect(try StringAutomaton(pattern: "^[^]$").wordCount(from: 0) == 0x110000 - 0x800)
    }

    @Test func labelledRunsAllSideBySide() throws {
        var generator = StringGenerator(state: 11)
        for _ in 0..<100 {
            let automata = try (0..<Int.random(in: 0...4, using: &generator)).map { _ in try Self.random(&generator) }
            let (automaton, labels) = try StringAutomaton.labelled(automata)
            #expect(automaton.isUniversal && labels.count == automaton.stateCount)
            for word in Self.words.prefix(120) {
                let state = word.reduce(0) { automaton.next($0, $1) }
                let expected = automata.enumerated().reduce(0) { $0 | ($1.element.contains(word) ? 1 << $1.offset : 0) }
                #expect(labels[Int(state)] == UInt64(expected))
            }
            let (chosen, origin) = automaton.accepting { labels[Int($0)] & 1 == 1 }
            #expect(origin.count == chosen.stateCount)
            for word in Self.words.prefix(120) {
                #expect(chosen.contains(word) == (automata.first?.contains(word) ?? false))
                guard !chosen.isEmpty else { continue }
                let state = word.reduce(0) { $0 < 0 ? -1 : chosen.next($0, $1) }
                if state >= 0 { #expect(origin[Int(state)] == word.reduce(0) { automaton.next($0, $1) }) }
            }
        }
        #expect(throws: StringAutomatonError.self) {
            try StringAutomaton.labelled([StringAutomaton](repeating: .universal, count: 65))
        }
    }

    @Test func productsAreBounded() throws {
        let long = try StringAutomaton(pattern: "^(?:[^]{101})*$")
        let other = try StringAutomaton(pattern: "^(?:[^]{103})*$")
        #expect(throws: StringAutomatonError.tooManyStates) { try long.intersection(other) }
        #expect(throws: StringAutomatonError.tooManyStates) { try long.union(other) }
    }
}
