import Mistral
import Synchronization
import Tensors

@testable import Inference

/// A model that remembers its passes, can be made to wait, and fails where it is told to.
final class RecordingModel: BatchModel {
    /// What a pass of the model had.
    struct Pass: Sendable {
        /// Tokens of each sequence.
        let tokens: [[Int]]
        /// Bytes of all caches behind it, each page counted once for each cache that has it.
        let cacheBytes: Int
    }

    private struct State: Sendable {
        var passes: [Pass] = []
        var isOpen = true
        var started = 0
        var layers = 0
    }

    let model: MistralModel
    /// A token that no pass can read.
    private let poison: Int?
    private let state: Monitor<State>

    /// - Parameter isOpen: false: no pass goes on before `open`.
    init(_ model: MistralModel, isOpen: Bool = true, poison: Int? = nil) {
        self.model = model
        self.poison = poison
        state = Monitor(State(isOpen: isOpen))
    }

    var configuration: MistralConfiguration { model.configuration }
    var threads: ThreadPool { model.threads }
    var passes: [Pass] { state.withLock { $0.passes } }
    /// Layers that were begun, of all passes.
    var layers: Int { state.withLock { $0.layers } }

    func open() {
        state.withLock { $0.isOpen = true }
        state.wakeAll()
    }

    /// Waits until so many passes have begun; false after a minute.
    func waitForPass(_ number: Int) -> Bool { state.wait(seconds: 60) { $0.started >= number ? true : nil } ?? false }

    func makeCache(format: KeyValueFormat) -> KVCache { model.makeCache(format: format) }

    func forward(_ steps: inout [SequenceStep], progress: ModelProgress?) throws(ModelError) -> [Matrix] {
        state.withLock { $0.started += 1 }
        state.wakeAll()
        _ = state.wait { $0.isOpen ? true : nil }
        if steps.contains(where: { step in step.tokens.contains { $0 == poison } }) {
            throw .cacheMemory(positions: 1, bytes: 2)
        }
        let logits = try model.forward(&steps) { share in
            self.state.withLock { $0.layers += 1 }
            return progress?(share) ?? true
        }
        let pass = Pass(tokens: steps.map(\.tokens), cacheBytes: steps.reduce(0) { $0 + $1.cache.byteCount })
        state.withLock { $0.passes.append(pass) }
        return logits
    }
}

extension RandomModel {
    /// A generator over a model that remembers its passes.
    static func recorded(
        _ limits: SchedulerLimits = SchedulerLimits(), isOpen: Bool = true, poison: Int? = nil, threads: Int = 1
    ) throws -> (generator: Generator, model: RecordingModel) {
        let model = RecordingModel(try model(threads: threads), isOpen: isOpen, poison: poison)
        let generator = Generator(
            model: model.model, tokenizer: try tokenizer.get(), scheduler: Scheduler(model: model, limits: limits))
        return (generator, model)
    }
}
