import Mistral
import Synchronization
import Tensors

/// A pass of the model that some thread of a pool runs.
final class ModelPass: Sendable {
    private let steps: Mutex<[SequenceStep]>
    private let result = Mutex<Result<[Matrix], ModelError>>(.failure(.cancelled))

    init(_ steps: [SequenceStep]) {
        self.steps = Mutex(steps)
    }

    var logits: Result<[Matrix], ModelError> { result.withLock(\.self) }

    func run(_ model: any BatchModel, _ progress: ModelProgress?) {
        let result = Result { () throws(ModelError) in
            try steps.withLock { steps throws(ModelError) in try model.forward(&steps, progress: progress) }
        }
        self.result.withLock { $0 = result }
    }

    /// The steps with what they have become; none are left.
    func takeSteps() -> [SequenceStep] {
        steps.withLock { steps in
            defer { steps = [] }
            return steps
        }
    }
}
