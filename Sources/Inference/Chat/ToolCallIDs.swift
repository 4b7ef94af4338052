import Mistral

/// Gives each call of an answer an id of its own: the one that the model wrote, or one that follows from the seed.
struct ToolCallIDs: Sendable {
    private var generator: SeededGenerator
    private var given: Set<String> = []

    /// - Parameter choice: number of the answer; each has other ids.
    init(seed: UInt64, choice: Int) {
        generator = SeededGenerator(seed: seed ^ 0x6361_6C6C_2069_6473 &+ UInt64(truncatingIfNeeded: choice))
    }

    /// - Parameter written: nil or a repeated one where the model wrote none that can be used.
    mutating func next(_ written: String?) -> String {
        var id = written ?? ToolCall.randomID(using: &generator)
        while !given.insert(id).inserted { id = ToolCall.randomID(using: &generator) }
        return id
    }
}
