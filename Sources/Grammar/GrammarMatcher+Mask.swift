extension GrammarMatcher {
    /// Budgets beyond it restrict nothing: 2^40 tokens.
    private static let endlessBudget = 1 << 40

    /// Puts into `mask` the tokens that may come next such that a valid ending still fits.
    ///
    /// `mask` becomes empty if `remainingTokens` is less than `minimumBudget`, and where nothing can follow.
    /// - Parameter remainingTokens: tokens that may still be generated, the next one included; `Int.max` for no budget.
    public mutating func fillMask(_ mask: inout TokenMask, remainingTokens: Int) {
        guard machine.configurationCount > 0, remainingTokens > 0 else {
            mask.reset(tokenCount: vocabulary.count)
            return
        }
        if remainingTokens >= Self.endlessBudget, vocabulary.missingBytes.isEmpty {
            fillWithoutBudget(&mask)
            return
        }
        mask.reset(tokenCount: vocabulary.count)
        let ending = endingTokens()
        guard let tokens = ending.count, tokens <= remainingTokens else { return }
        let limit = min(remainingTokens, Self.endlessBudget) - 1
        if vocabulary.missingBytes.isEmpty {
            fill(&mask, limit: limit)
        } else {
            fillTokenByToken(&mask, limit: limit)
        }
        if let first = ending.first { mask.insert(first) }
    }

    /// Without a budget the mask is that of every other text in the same state.
    private mutating func fillWithoutBudget(_ mask: inout TokenMask) {
        let key = machine.signature
        if masks.copyMask(of: key, into: &mask) { return }
        mask.reset(tokenCount: vocabulary.count)
        fill(&mask, limit: .max)
        masks.insert(mask, for: key)
    }

    private mutating func fill(_ mask: inout TokenMask, limit: Int) {
        var filler = MaskFiller(vocabulary: vocabulary, masks: masks, machine: machine, limit: limit)
        filler.fill(&mask)
    }

    /// For vocabularies without all single bytes: counts the tokens of each ending instead of its bytes.
    private mutating func fillTokenByToken(_ mask: inout TokenMask, limit: Int) {
        var candidates = TokenMask(tokenCount: vocabulary.count)
        fill(&candidates, limit: .max)
        candidates.forEachAllowed { token in
            var next = self
            guard (try? next.accept(token)) != nil, next.minimumBudget <= limit else { return }
            mask.insert(token)
        }
    }
}
