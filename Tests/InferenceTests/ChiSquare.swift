import Foundation

/// Pearson's test of counts against an exact distribution.
enum ChiSquare {
    /// How many standard deviations the statistic lies above what the distribution itself would give, by the
    /// approximation of Wilson and Hilferty (PNAS 17, 1931). Infinite if an impossible token was drawn.
    static func deviation(of counts: [Int], from probabilities: [Double]) -> Double {
        let draws = Double(counts.reduce(0, +))
        var statistic = 0.0
        var freedom = -1.0
        for (count, probability) in zip(counts, probabilities) {
            guard probability > 0 else {
                if count > 0 { return .infinity }
                continue
            }
            let expected = draws * probability
            statistic += (Double(count) - expected) * (Double(count) - expected) / expected
            freedom += 1
        }
        guard freedom > 0 else { return 0 }
        let variance = 2 / (9 * freedom)
        return (cbrt(statistic / freedom) - (1 - variance)) / variance.squareRoot()
    }
}
