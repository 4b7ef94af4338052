/// What becomes of control tokens when ids are turned into text.
public enum SpecialTokenPolicy: Hashable, Sendable {
    /// They leave no trace.
    case skip
    /// They appear as their name.
    case keep
}

extension TekkenTokenizer {
    /// Text of a sequence of ids.
    ///
    /// The bytes between two control tokens are decoded as UTF-8, ill-formed parts becoming U+FFFD; a character never
    /// continues across a control token, even a skipped one. Ids outside the vocabulary become U+FFFD.
    public func decode(_ ids: [Int], specialTokens policy: SpecialTokenPolicy = .skip) -> String {
        var decoder = TekkenStreamDecoder(self, specialTokens: policy)
        var text = ""
        for id in ids { text += decoder.append(id) }
        return text + decoder.finish()
    }
}
