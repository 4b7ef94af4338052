@testable import Grammar

/// A pattern that says itself which texts it matches, by trying all ways.
indirect enum NaivePattern {
    case set(text: String, members: Set<UInt32>)
    case sequence([NaivePattern])
    case choice([NaivePattern])
    case repetition(NaivePattern, minimum: Int, maximum: Int?, quantifier: String)
    case start
    case end
    case boundary(Bool)
    case look(NaivePattern, isAhead: Bool, isNegated: Bool)

    /// What the texts of these patterns are made of: word characters, others, a line break, two bytes and four.
    static let alphabet = "ab_-\né😀".codePoints

    var text: String {
        switch self {
        case .set(let text, _): text
        case .sequence(let parts): parts.map(\.text).joined()
        case .choice(let parts): "(" + parts.map(\.text).joined(separator: "|") + ")"
        case .repetition(let body, _, _, let quantifier): "(?:\(body.text))" + quantifier
        case .start: "^"
        case .end: "$"
        case .boundary(let isOne): isOne ? "\\b" : "\\B"
        case .look(let body, let isAhead, let isNegated):
            "(?" + (isAhead ? "" : "<") + (isNegated ? "!" : "=") + body.text + ")"
        }
    }

    /// Whether it matches somewhere.
    func isFound(in word: [UInt32]) -> Bool { (0...word.count).contains { !ends(from: $0, in: word).isEmpty } }

    /// The places where matches end that begin at `place`.
    private func ends(from place: Int, in word: [UInt32]) -> Set<Int> {
        switch self {
        case .set(_, let members): return place < word.count && members.contains(word[place]) ? [place + 1] : []
        case .sequence(let parts):
            return parts.reduce([place]) { places, part in Set(places.flatMap { part.ends(from: $0, in: word) }) }
        case .choice(let parts): return Set(parts.flatMap { $0.ends(from: place, in: word) })
        case .repetition(let body, let minimum, let maximum, _):
            var found: Set<Int> = minimum == 0 ? [place] : []
            var last: Set<Int> = [place]
            var count = 0
            while !last.isEmpty, count < maximum ?? minimum + word.count + 1 {
                last = Set(last.flatMap { body.ends(from: $0, in: word) })
                count += 1
                if count >= minimum { found.formUnion(last) }
            }
            return found
        case .start: return place == 0 ? [place] : []
        case .end: return place == word.count ? [place] : []
        case .boundary(let isOne):
            let before = place > 0 && ScalarSet.wordCharacters.contains(word[place - 1])
            let after = place < word.count && ScalarSet.wordCharacters.contains(word[place])
            return (before != after) == isOne ? [place] : []
        case .look(let body, let isAhead, let isNegated):
            let holds =
                isAhead
                ? !body.ends(from: place, in: word).isEmpty
                : (0...place).contains { body.ends(from: $0, in: word).contains(place) }
            return holds != isNegated ? [place] : []
        }
    }

    private static let sets: [(String, String)] = [
        ("a", "a"), ("b", "b"), ("é", "é"), (".", "ab_-é😀"), ("\\w", "ab_"), ("\\W", "-\né😀"), ("[a-z]", "ab"),
        ("[^a]", "b_-\né😀"), ("[\\s-]", "\n-"), ("\\S", "ab_-é😀"), ("\\u{1F600}", "😀"), ("\\uD83D\\uDE00", "😀"),
        ("[\\u00e9_]", "é_"), ("\\p{Ll}", "abé"), ("[^]", "ab_-\né😀"), ("[]", ""), ("\\x61", "a"),
    ]

    /// A random pattern; looks behind stand in no other looks.
    static func random(
        depth: Int, using generator: inout StringGenerator, looks: Bool = true, behind: Bool = true
    ) -> NaivePattern {
        func part(_ looks: Bool = looks, _ behind: Bool = behind) -> NaivePattern {
            random(depth: depth - 1, using: &generator, looks: looks, behind: behind)
        }
        switch depth <= 0 ? 0 : Int.random(in: 0..<13, using: &generator) {
        case 0, 1:
            let (text, members) = sets.randomElement(using: &generator) ?? ("a", "a")
            return .set(text: text, members: Set(members.codePoints))
        case 2...5: return .sequence((0..<Int.random(in: 0...3, using: &generator)).map { _ in part() })
        case 6, 7: return .choice((0..<Int.random(in: 1...3, using: &generator)).map { _ in part() })
        case 8, 9:
            let (minimum, maximum, quantifier): (Int, Int?, String) =
                [(0, nil, "*"), (1, nil, "+?"), (0, 1, "?"), (2, 2, "{2}"), (1, 3, "{1,3}"), (2, nil, "{2,}?")]
                .randomElement(using: &generator) ?? (0, nil, "*")
            return .repetition(part(), minimum: minimum, maximum: maximum, quantifier: quantifier)
        case 10: return Bool.random(using: &generator) ? .start : .end
        case 11: return .boundary(Bool.random(using: &generator))
        default:
            guard looks else { return .start }
            let isAhead = !behind || Bool.random(using: &generator)
            return .look(part(isAhead, false), isAhead: isAhead, isNegated: Bool.random(using: &generator))
        }
    }
}
