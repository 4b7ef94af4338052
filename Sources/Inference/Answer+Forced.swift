import Grammar

// Text that the form leaves no choice about.
extension Answer {
    /// Bytes that are asked of the grammar at once; what is forced beyond them comes with a later step.
    private static let mostForcedBytes = 4096

    /// Takes the tokens that must come next, as far as they are the same in every answer and the budget has room.
    mutating func takeForced() throws(InferenceError) {
        guard forced != nil else { return }
        repeat {
            try takeForcedText()
        } while try takeForcedControl()
    }

    private mutating func takeForcedText() throws(InferenceError) {
        guard var forced else { return }
        var text: [UInt8] = []
        matcher.appendForcedBytes(to: &text, limit: Self.mostForcedBytes)
        guard !text.isEmpty else { return }
        let isWhole = try ends(behind: text)
        try forced.take(text, isWhole: isWhole) { token throws(InferenceError) in
            guard try take(token, isChosen: false) else { return false }
            forcedPositions.append(tokens.count - 1)
            _ = noteLoop(token)
            return true
        }
        self.forced = forced
    }

    /// Whether a control token had to come next, and was taken.
    private mutating func takeForcedControl() throws(InferenceError) -> Bool {
        guard let token = matcher.forcedControl, try take(token, isChosen: false) else { return false }
        forcedPositions.append(tokens.count - 1)
        _ = noteLoop(token)
        return true
    }

    /// Whether the grammar lets no text follow some bytes that must come next.
    private func ends(behind text: [UInt8]) throws(InferenceError) -> Bool {
        guard var following = matcher.grammar else { return false }
        do {
            try following.accept(bytes: text)
        } catch {
            throw .grammar(error.description)
        }
        guard following.isComplete else { return false }
        var mask = TokenMask(tokenCount: tokenBytes.count)
        following.fillMask(&mask, remainingTokens: .max)
        return mask.isEmpty
    }
}
