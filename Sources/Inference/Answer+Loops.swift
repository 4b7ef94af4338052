import Grammar

// Loops.
extension Answer {
    /// Takes note of a token; if the answer now ends in a loop, gives the number of tokens that it repeats.
    mutating func noteLoop(_ token: Int) -> Int? {
        loops?.append(token, hasQuote: tokenBytes.bytes(of: token).contains(UInt8(ascii: "\"")))
    }

    /// Ends an answer that repeats its last tokens in the shortest valid way, without asking the model again: free text
    /// just there.
    mutating func endLoop(period: Int) throws(InferenceError) {
        // A call is ended within its arguments, which the next tokens bring.
        guard matcher.part == .text || matcher.part == .arguments else { return }
        // Where nothing is lost, it is looked at again much later.
        loops = LoopDetector()
        let ending = matcher.shortestCompletion
        guard repeatsWithoutEnd(period: period, ending: ending.count) else { return }
        var ended = self
        guard try ended.takeEnding(ending) else { return }
        self = ended
        endedByRepetition = true
        isAtEnd = true
    }

    /// Whether one more repetition is possible and brings the end no nearer: a loop of the model, and none that the
    /// grammar asks for.
    private func repeatsWithoutEnd(period: Int, ending: Int) -> Bool {
        var following = matcher
        for token in tokens.suffix(period) {
            guard (try? following.accept(token)) != nil else { return false }
        }
        return following.shortestCompletion.count >= ending
    }

    /// Takes the shortest ending: as the tokenizer would write it where that is possible and fits, else in the longest
    /// tokens.
    private mutating func takeEnding(_ ending: [UInt8]) throws(InferenceError) -> Bool {
        if var forced {
            try forced.take(ending, isWhole: true) { token throws(InferenceError) in try take(token, isChosen: false) }
        }
        while !matcher.isComplete {
            let rest = matcher.shortestCompletion
            matcher.fillMask(&mask, remainingTokens: matcher.minimumBudget)
            var longest: (token: Int, length: Int) = (0, 0)
            mask.forEachAllowed { token in
                let text = tokenBytes.bytes(of: token)
                guard text.count > longest.length, rest.starts(with: text) else { return }
                longest = (token, text.count)
            }
            guard longest.length > 0, try take(longest.token) else { return false }
        }
        return true
    }
}
