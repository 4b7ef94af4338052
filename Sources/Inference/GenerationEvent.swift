/// What happens in a generation, for a reader that follows it. Events that were not fetched yet become one: a slow
/// reader gets fewer and larger ones, and holds nobody up.
public enum GenerationEvent: Sendable {
    /// `share` of the prompt, 0 to 1.
    case prefilling(share: Double)
    /// More of the answer with a number: nothing that was given is taken back. All of them together are those of the
    /// generation; bytes and tokens may be apart by a character or the beginning of a stop string.
    case tokens(choice: Int, tokens: [Int], bytes: [UInt8], logprobs: [Logprobs]?)
    /// The whole answer with a number, behind all its tokens.
    case finished(choice: Int, Generation)
}
