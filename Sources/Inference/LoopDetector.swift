/// Notices that a model goes round in circles: the same tokens over and over at the end of its answer.
///
/// A loop inside one string is told from a ruled line, such as "-----", by its length; one that spans several values
/// from a table with equal rows by the number of rows.
struct LoopDetector: Sendable {
    /// Tokens of the longest repetition that is noticed.
    private static let longestPeriod = 64
    /// Tokens that a loop covers at least: of one token again and again, and of longer periods.
    private static let shortestOfOne = 128
    private static let shortest = 192
    /// How often it is repeated at least: inside one string, and across several values.
    private static let fewestInString = 12
    private static let fewestAcrossValues = 32

    private let periods: Int
    /// The last tokens, that with number n at n % periods.
    private var recent: [Int32]
    private var count = 0
    /// At p - 1, how many tokens at the end equal the one p tokens before them.
    private var matches: [Int32]
    /// Number of the last token with a quote, which begins or ends a string.
    private var lastQuote = -1

    init() {
        periods = Self.longestPeriod
        recent = Array(repeating: -1, count: periods)
        matches = Array(repeating: 0, count: periods)
    }

    /// Takes the next token; if the answer now ends in a loop, gives the number of tokens that it repeats.
    mutating func append(_ token: Int, hasQuote: Bool) -> Int? {
        let token = Int32(truncatingIfNeeded: token)
        var loop: Int?
        if hasQuote { lastQuote = count }
        for period in 1...periods {
            guard period <= count, recent[(count - period) % periods] == token else {
                matches[period - 1] = 0
                continue
            }
            matches[period - 1] += 1
            let covered = Int(matches[period - 1]) + period
            if loop == nil, covered >= Self.shortestOfOne, isLong(covered, period: period) { loop = period }
        }
        recent[count % periods] = token
        count += 1
        return loop
    }

    private func isLong(_ covered: Int, period: Int) -> Bool {
        if period == 1 { return true }
        let isInString = lastQuote <= count - period
        let repeats = isInString ? Self.fewestInString : Self.fewestAcrossValues
        return covered >= max(Self.shortest, repeats * period)
    }
}
