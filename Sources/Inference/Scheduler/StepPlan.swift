/// How many tokens each sequence brings to a step of the model.
struct StepPlan {
    /// A sequence with more tokens than this to read is reading a prompt, or something like one, and is read in parts.
    static let longestShort = 16

    /// The tokens to read in the next step, for each sequence.
    ///
    /// All short ones are read whole, so each of them has its next choice behind this step. Long ones share `most`
    /// tokens evenly, and what one does not need goes to the others; each gets at least one.
    ///
    /// - Parameter pending: tokens that each sequence has yet to read.
    static func tokens(of pending: [Int], most: Int) -> [Int] {
        var result = pending
        let long = pending.indices.filter { pending[$0] > longestShort }.sorted { pending[$0] < pending[$1] }
        var left = most
        for (place, index) in long.enumerated() {
            let share = max(1, left / (long.count - place))
            result[index] = min(pending[index], share)
            left = max(0, left - result[index])
        }
        return result
    }
}
