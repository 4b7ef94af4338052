import Glibc
import Inference

/// All answers of a task in their order.
func generations(_ task: GenerationTask) throws(InferenceError) -> [Generation] {
    var generations: [Int: Generation] = [:]
    while let event = try task.next() {
        if case .finished(let choice, let generation) = event { generations[choice] = generation }
    }
    return generations.sorted { $0.key < $1.key }.map(\.value)
}

/// What the events of a task come to.
struct Followed {
    struct Text {
        var tokens: [Int] = []
        var bytes: [UInt8] = []
        var logprobs: [Logprobs] = []
        var generation: Generation?
    }

    var texts: [Int: Text] = [:]
    var shares: [Double] = []
    /// True if something came behind the end of its answer.
    var isMixedUp = false
    /// True if bytes ended inside a character before the end.
    var isTorn = false

    mutating func take(_ event: GenerationEvent) {
        switch event {
        case .prefilling(let share): shares.append(share)
        case .tokens(let choice, let tokens, let bytes, let logprobs):
            if texts[choice]?.generation != nil { isMixedUp = true }
            texts[choice, default: Text()].tokens += tokens
            texts[choice, default: Text()].bytes += bytes
            texts[choice, default: Text()].logprobs += logprobs ?? []
        case .finished(let choice, let generation):
            if texts[choice]?.generation != nil { isMixedUp = true }
            texts[choice, default: Text()].generation = generation
        }
    }
}

/// Lets other threads go on for a moment.
func usleepOnce() { usleep(500) }
