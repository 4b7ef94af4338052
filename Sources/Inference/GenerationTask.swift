/// A generation that is under way. It is cancelled when nobody holds it any more.
///
/// Its events are read once, by one reader: with `next` on a thread that may block, or with `events` elsewhere.
public final class GenerationTask: Sendable {
    let channel: GenerationChannel
    // Alive as long as there are tasks.
    private let scheduler: Scheduler

    init(channel: GenerationChannel, scheduler: Scheduler) {
        self.channel = channel
        self.scheduler = scheduler
    }

    deinit { cancel() }

    /// Ends it, from any thread, at whatever step: the reader gets `InferenceError.cancelled` at once; the model turns
    /// to others between two layers if it works for this one alone, else behind its step.
    public func cancel() { channel.cancel() }

    /// Waits for the next event; nil after the last. Events of some milliseconds come as one.
    public func next() throws(InferenceError) -> GenerationEvent? { try channel.next().get() }

    /// The same events without blocking a thread. Cancelling the Swift task that reads them cancels the generation.
    public var events: GenerationEvents { GenerationEvents(task: self) }
}

/// The events of a generation as they come.
public struct GenerationEvents: AsyncSequence, Sendable {
    let task: GenerationTask

    public func makeAsyncIterator() -> Iterator { Iterator(task: task) }

    public struct Iterator: AsyncIteratorProtocol {
        let task: GenerationTask

        public mutating func next() async throws(InferenceError) -> GenerationEvent? {
            try await next(isolation: nil)
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(InferenceError) -> GenerationEvent? {
            let task = task
            let pulled = await withTaskCancellationHandler {
                await task.channel.next()
            } onCancel: {
                task.cancel()
            }
            return try pulled.get()
        }
    }
}
