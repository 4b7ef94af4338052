import Synchronization
import Tensors

/// Carries what happens in a generation from the scheduler to one reader, whom it never waits for.
///
/// What was not fetched is joined, so it holds at most the answers. A reader that blocks is woken for every event only
/// while they are rare: waking it costs as much as a small model's step.
final class GenerationChannel: Sendable {
    typealias Pulled = Result<GenerationEvent?, InferenceError>

    /// Seconds between two events for which a thread is woken.
    private static let pace = 0.016

    /// What a blocked reader is woken for.
    private enum Awaited { case nothing, theEnd, anything }

    private struct State: Sendable {
        var events: PendingEvents
        var awaited = Awaited.nothing
        var lastWait: ContinuousClock.Instant?
        var readers: [CheckedContinuation<Pulled, Never>] = []
    }

    private let state: Monitor<State>
    private let cancelled = Atomic(false)

    init(choices: Int, hasLogprobs: Bool) {
        state = Monitor(State(events: PendingEvents(choices: choices, hasLogprobs: hasLogprobs)))
    }

    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// Tells the reader at once; the scheduler sees it at its next look.
    func cancel() {
        cancelled.store(true, ordering: .relaxed)
        post { $0.fail(.cancelled) }
    }

    /// Adds to what the reader has yet to fetch.
    func post(_ change: (inout PendingEvents) -> Void) {
        let (wakes, served) = state.withLock { state in
            change(&state.events)
            var served: [(CheckedContinuation<Pulled, Never>, Pulled)] = []
            while let reader = state.readers.first, let pulled = state.events.take() {
                state.readers.removeFirst()
                served.append((reader, pulled))
            }
            let wakes =
                switch state.awaited {
                case .nothing: false
                case .theEnd: state.events.hasEnd
                case .anything: !state.events.isEmpty
                }
            return (wakes, served)
        }
        if wakes { state.wakeAll() }
        for (reader, pulled) in served { reader.resume(returning: pulled) }
    }

    /// Blocks until there is an event; nil after the last.
    func next() -> Pulled {
        let (pulled, rest) = state.withLock { state in
            (state.events.take(), state.lastWait.map { Self.pace - $0.secondsAgo } ?? 0)
        }
        if let pulled { return pulled }
        if rest > 0, let pulled = wait(for: .theEnd, seconds: rest) { return pulled }
        // Without a limit of time the wait ends with an event only.
        return wait(for: .anything, seconds: nil) ?? .success(nil)
    }

    /// Blocks until an answer, or everything, is at its end; events stay.
    func waitForEnd() {
        _ = state.wait { state -> Bool? in
            state.awaited = state.events.hasEnd ? .nothing : .theEnd
            return state.events.hasEnd ? true : nil
        }
    }

    private func wait(for awaited: Awaited, seconds: Double?) -> Pulled? {
        state.wait(seconds: seconds) { state -> Pulled? in
            state.awaited = awaited
            guard awaited == .anything || state.events.hasEnd, let pulled = state.events.take() else { return nil }
            state.awaited = .nothing
            state.lastWait = .now
            return pulled
        }
    }

    /// As above, without blocking a thread.
    func next() async -> Pulled {
        await withCheckedContinuation { reader in
            let pulled = state.withLock { state -> Pulled? in
                let pulled = state.events.take()
                if pulled == nil { state.readers.append(reader) }
                return pulled
            }
            if let pulled { reader.resume(returning: pulled) }
        }
    }
}

extension ContinuousClock.Instant {
    fileprivate var secondsAgo: Double {
        let (seconds, attoseconds) = (ContinuousClock.now - self).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
