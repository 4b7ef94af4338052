/// Follows a step of the model: tells readers how much of their prompts is read, and stops it when nobody wants it.
struct StepWatch: Sendable {
    struct Part: Sendable {
        let channel: GenerationChannel
        /// Share of the prompt before and behind the step; nil for an answer.
        let shares: (Double, Double)?

        init(_ part: (sequence: RunningSequence, tokens: Int)) {
            channel = part.sequence.job.channel
            shares =
                part.sequence.isPrompt
                ? (part.sequence.share(reading: 0), part.sequence.share(reading: Double(part.tokens))) : nil
        }
    }

    private let parts: [Part]
    private let inbox: SchedulerInbox

    init(_ parts: [Part], inbox: SchedulerInbox) {
        self.parts = parts
        self.inbox = inbox
    }

    /// - Parameter share: of the step that is done.
    /// - Returns: false if it is to be stopped.
    func note(share: Double) -> Bool {
        for part in parts {
            guard let (before, behind) = part.shares else { continue }
            part.channel.post { $0.prefill(share: before + share * (behind - before)) }
        }
        return !inbox.isStopping && !parts.allSatisfy(\.channel.isCancelled)
    }
}
