import Testing

@testable import Grammar

/// An automaton with random transitions between parts of the code points, and a limit of steps.
private struct RandomWalker: StringWalker {
    struct State: BitwiseCopyable {
        var state = 0
        var count = 0
    }

    static let parts: [UInt32] = [
        0, 0x0A, 0x0B, 0x10, 0x20, 0x22, 0x23, 0x30, 0x5C, 0x5D, 0x61, 0x62, 0x7F, 0x80, 0xE9, 0xEA, 0x800, 0x65E5,
        0x65E6, 0x7000, 0x1_0000, 0x1_F600, 0x1_F640, 0x10_FFFF,
    ]
    let maximum: Int
    /// By state, then part; -1: dead.
    let transitions: [[Int]]
    let ends: [Bool]
    /// Those of which tokens may stop in the state itself, and inside a code point after it.
    let stops: [Bool]

    init(seed: UInt64, deadOneIn: Int, maximum: Int) {
        var generator = SeededGenerator(state: seed)
        let states = 0..<4
        transitions = states.map { _ in
            Self.parts.map { _ in
                Int.random(in: 0..<deadOneIn, using: &generator) == 0 ? -1 : Int.random(in: states, using: &generator)
            }
        }
        ends = states.map { _ in Bool.random(using: &generator) }
        stops = states.map { _ in Int.random(in: 0..<4, using: &generator) > 0 }
        self.maximum = maximum
    }

    private func part(of scalar: UInt32) -> Int { (Self.parts.firstIndex { $0 > scalar } ?? Self.parts.count) - 1 }

    func step(_ state: State, _ scalar: UInt32) -> State? {
        let next = transitions[state.state][part(of: scalar)]
        return next < 0 || state.count >= maximum ? nil : State(state: next, count: state.count + 1)
    }

    func canStep(_ state: State, into range: ClosedRange<UInt32>) -> Bool {
        state.count < maximum
            && transitions[state.state][part(of: range.lowerBound)...part(of: range.upperBound)].contains { $0 >= 0 }
    }

    func canStop(_ state: State) -> Bool { stops[state.state] }
    func canStop(_ state: State, inside prefix: CodePointPrefix) -> Bool {
        stops[state.state] == (prefix.remaining == 1)
    }
    func canEnd(_ state: State) -> Bool { ends[state.state] }

    /// The state after all of `scalars`.
    func run(_ scalars: [UInt32]) -> State? {
        var state: State? = State()
        for scalar in scalars { state = state.flatMap { step($0, scalar) } }
        return state
    }
}

@Suite struct StringWalkTests {
    @Test(arguments: [false, true])
    func walksFindWhatTheAutomatonAllows(isOpening: Bool) {
        let tokens = TokenTestVocabulary.tokens
        let vocabulary = TokenTestVocabulary.vocabulary
        let strings = isOpening ? vocabulary.opening : vocabulary.inside
        for seed in 0..<40 as Range<UInt64> {
            let walker = RandomWalker(seed: seed, deadOneIn: Int(seed % 5) + 2, maximum: seed % 3 == 0 ? 3 : 1000)
            var generator = SeededGenerator(state: seed)
            var accepted = TokenMask(tokenCount: strings.closing.suffixCount)
            var acceptedBytes: Set<[UInt8]> = []
            for suffix in 0..<strings.closing.suffixCount where Bool.random(using: &generator) {
                accepted.insert(suffix)
                acceptedBytes.insert(
                    Array(strings.closing.suffixes.storage[strings.closing.suffixes.range(of: Int32(suffix))]))
            }
            var inner = TokenMask(tokenCount: vocabulary.count)
            strings.insertInner(walker, from: RandomWalker.State(), into: &inner)
            var closing = TokenMask(tokenCount: vocabulary.count)
            strings.insertClosing(walker, from: RandomWalker.State(), accepting: accepted, into: &closing)

            var expectedInner: Set<Int> = []
            var expectedClosing: Set<Int> = []
            for (token, bytes) in tokens.enumerated() {
                guard let bytes, 1...TokenTrie.maximumDepth ~= bytes.count else { continue }
                if isOpening, bytes.first != UInt8(ascii: "\"") { continue }
                switch Spelling.read(bytes.dropFirst(isOpening ? 1 : 0)) {
                case .dead: break
                case .inner(let scalars):
                    if let state = walker.run(scalars), walker.stops[state.state] { expectedInner.insert(token) }
                case .partial(let scalars, let bytes):
                    guard let state = walker.run(scalars), let beginning = Spelling.beginnings[bytes] else { continue }
                    guard beginning.ranges.contains(where: { walker.canStep(state, into: $0) }) else { continue }
                    if walker.stops[state.state] == (beginning.remaining == 1) { expectedInner.insert(token) }
                case .closing(let scalars, let suffix):
                    guard let state = walker.run(scalars), walker.ends[state.state] else { continue }
                    if acceptedBytes.contains(suffix) { expectedClosing.insert(token) }
                }
            }
            #expect(inner.tokens == expectedInner)
            #expect(closing.tokens == expectedClosing)
        }
    }
}
