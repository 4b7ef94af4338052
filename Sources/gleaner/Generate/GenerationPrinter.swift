import ArgumentParser
import Extraction
import Inference
import JSONSchema
import Mistral

/// Runs a prepared prompt and prints its answers: as they are written, or as JSON at their end.
struct GenerationPrinter {
    private let model: LanguageModel
    private let isJSON: Bool
    private let loadSeconds: Double

    init(_ model: LanguageModel, isJSON: Bool, loadSeconds: Double) {
        self.model = model
        self.isJSON = isJSON
        self.loadSeconds = loadSeconds
    }

    /// Prompts that run side by side.
    private static let mostStarted = 32

    /// The answers to several prompts, in order; they are written side by side.
    ///
    /// - Parameter place: what an error says before it about the prompt with a number, from 1.
    func print(_ chats: [PreparedChat], place: (Int) -> String = { _ in "" }) throws {
        let sink = try OutputSink(output: nil)
        var started: [GenerationTask] = []
        for (index, chat) in chats.enumerated() {
            var number = index + 1
            do throws(InferenceError) {
                while started.count < min(chats.count, index + Self.mostStarted) {
                    number = started.count + 1
                    started.append(try model.generator.start(chats[started.count].request))
                }
            } catch {
                throw FileFailure(message: place(number) + error.description, code: ExitCode(error))
            }
            try print(chat, started[index], to: sink)
        }
        try sink.finish()
    }

    private func print(_ chat: PreparedChat, _ task: GenerationTask, to sink: OutputSink) throws {
        // One answer is shown while it is written; several would mix.
        let isStreaming = !isJSON && chat.request.choices == 1
        var stream = ChatStream(model.tokenizer, seed: chat.seed)
        var generations: [Int: Generation] = [:]
        let line = ProgressLine(file: model.files.path)
        let decoding = Inference.Stopwatch()
        var written = 0
        while let event = try task.next() {
            switch event {
            case .prefilling(let share): line.show(.prefilling(share: share))
            case .tokens(_, let tokens, let bytes, _) where isStreaming:
                // Once: what is written behind it may be on the same line of the terminal.
                if written == 0 { line.clear() }
                written += tokens.count
                try write(stream.append(tokens: tokens, bytes: bytes), to: sink)
            case .tokens(_, let tokens, _, _):
                written += tokens.count
                line.show(.decoding(tokens: written, tokensPerSecond: Double(written) / max(decoding.seconds, 1e-9)))
            case .finished(let choice, let generation): generations[choice] = generation
            }
        }
        if !isStreaming || written == 0 { line.clear() }
        let answers = generations.sorted { $0.key < $1.key }.map(\.value)
        let completion = try ChatCompletion(
            chat, generations: answers, tokenizer: model.tokenizer)
        if isJSON {
            let report = CompletionReport(
                completion, generations: answers, model: model.files.path, loadSeconds: loadSeconds)
            try sink.write(report.value.serialized() + Array("\n".utf8))
        } else if isStreaming {
            try write(stream.finish(), to: sink)
            try writeCalls(of: completion.choices, to: sink)
            try sink.write(Array("\n".utf8))
        } else {
            for choice in completion.choices {
                try sink.write(Array(choice.text.utf8))
                try writeCalls(of: [choice], to: sink)
                try sink.write(Array("\n".utf8))
            }
        }
        warn(about: completion, isWhole: chat.request.form.grammar != nil)
    }

    private func write(_ deltas: [ChatDelta], to sink: OutputSink) throws {
        for case .text(let text) in deltas { try sink.write(Array(text.utf8)) }
    }

    /// A call on a line of its own: a JSON object, for programs behind a pipe.
    private func writeCalls(of choices: [ChatCompletion.Choice], to sink: OutputSink) throws {
        for choice in choices {
            for (index, call) in choice.toolCalls.enumerated() {
                let separator = index == 0 && choice.text.isEmpty ? "" : "\n"
                try sink.write(Array(separator.utf8) + CompletionReport.value(of: call).serialized())
            }
        }
    }

    /// An answer that may lack something is never given out in silence.
    ///
    /// - Parameter isWhole: whether every answer is whole by its form, however early it was ended.
    private func warn(about completion: ChatCompletion, isWhole: Bool) {
        for choice in completion.choices {
            let name = completion.choices.count > 1 ? "answer \(choice.index + 1)" : "the answer"
            switch choice.finishReason {
            case .length where !isWhole:
                StandardError.write("gleaner: \(name) was cut off by its budget; raise --max-tokens\n")
            case .repetition: StandardError.write("gleaner: \(name) repeated itself and was ended\n")
            case .length, .stop, .stopString, .toolCalls:
                if choice.endedByBudget {
                    StandardError.write("gleaner: \(name) was ended early by its budget; raise --max-tokens\n")
                }
            }
        }
    }
}
