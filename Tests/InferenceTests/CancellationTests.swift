import Grammar
import JSONSchema
import Mistral
import Tensors
import TestSupport
import Testing

@testable import Inference

@Suite("Cancellation")
struct CancellationTests {
    private func request(_ text: String = "a", tokens: Int = 900) throws -> GenerationRequest {
        var request = GenerationRequest(prompt: try RandomModel.prompt(text), form: .text(), maximumTokens: tokens)
        request.endsRepetition = false
        return request
    }

    private func isCancelled(_ task: GenerationTask) -> Bool {
        let error = #expect(throws: InferenceError.self) { while try task.next() != nil {} }
        guard case .cancelled? = error else { return false }
        return true
    }

    private func waitForRest(_ generator: Generator) {
        while generator.statistics.runningAnswers > 0 { usleepOnce() }
    }

    @Test("of a request that waits for the model, and of one that waits for its turn")
    func waiting() throws {
        var limits = SchedulerLimits()
        limits.runningAnswers = 1
        let (generator, model) = try RandomModel.recorded(limits, isOpen: false)
        let first = try generator.start(request(tokens: 5))
        let second = try generator.start(request(tokens: 5))
        let third = try generator.start(request(tokens: 5))
        #expect(model.waitForPass(1))
        // The model does nothing meanwhile.
        second.cancel()
        #expect(isCancelled(second))
        first.cancel()
        #expect(isCancelled(first))
        model.open()
        #expect(try generations(third).map(\.generatedTokens) == [5])
        #expect(generator.statistics.waitingRequests == 0)
    }

    @Test("between two layers of a prompt that is read alone")
    func prefill() throws {
        let (generator, model) = try RandomModel.recorded(isOpen: false)
        let task = try generator.start(request(String(repeating: "net amount due ", count: 60), tokens: 10))
        #expect(model.waitForPass(1))
        task.cancel()
        model.open()
        #expect(isCancelled(task))
        waitForRest(generator)
        #expect(model.passes.isEmpty)
        #expect(model.layers == 1)
        #expect(generator.statistics.reservedBytes == 0)
        #expect(try generator.generate(request(tokens: 5)).tokens.count == 5)
    }

    @Test("while it writes, beside another that goes on")
    func decode() throws {
        let (generator, _) = try RandomModel.recorded()
        let other = try generator.start(request("b", tokens: 400))
        let task = try generator.start(request())
        while let event = try task.next() {
            if case .tokens = event { break }
        }
        task.cancel()
        #expect(isCancelled(task))
        #expect(try generations(other).map(\.generatedTokens) == [400])
        waitForRest(generator)
        #expect(generator.statistics.reservedBytes == 0)
    }

    @Test("by letting go of the task")
    func dropped() throws {
        let (generator, model) = try RandomModel.recorded()
        _ = try generator.start(request())
        do {
            let task = try generator.start(request("b"))
            _ = try task.next()
        }
        waitForRest(generator)
        while generator.statistics.waitingRequests > 0 { usleepOnce() }
        #expect(model.passes.count < 800)
    }

    @Test("by cancelling the Swift task that reads the events")
    func swiftTask() async throws {
        let (generator, model) = try RandomModel.recorded(isOpen: false)
        let task = try generator.start(request())
        let reader = Task { () -> InferenceError? in
            do throws(InferenceError) {
                var iterator = task.events.makeAsyncIterator()
                while try await iterator.next() != nil {}
                return nil
            } catch {
                return error
            }
        }
        #expect(model.waitForPass(1))
        reader.cancel()
        guard case .cancelled? = await reader.value else {
            Issue.record("the reader was not told")
            return
        }
        model.open()
        waitForRest(generator)
    }

    @Test("of all that is under way when the generator goes away")
    func generatorGone() throws {
        weak var released: RecordingModel?
        var task: GenerationTask?
        do {
            let (generator, model) = try RandomModel.recorded(isOpen: false)
            released = model
            task = try generator.start(request())
            #expect(model.waitForPass(1))
            model.open()
        }
        // The task keeps what it needs, and nothing else does.
        #expect(released != nil)
        _ = try task?.next()
        task = nil
        #expect(released == nil)
    }

    @Test("inside a long run of forced tokens, and at every progress of a blocking call")
    func blocking() throws {
        let long = String(repeating: "net amount without tax ", count: 12)
        let grammar = try Grammar(
            schema: json(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[\"1 \(long)\",\"2 \(long)\"]},"
                    + "\"n\":{\"type\":\"integer\"}},\"required\":[\"a\",\"n\"],\"additionalProperties\":false}"))
        let (generator, model) = try RandomModel.recorded()
        let request = GenerationRequest(prompt: try RandomModel.prompt(), grammar: grammar, maximumTokens: 300)
        let answer = try generator.generate(request)
        #expect(answer.forcedTokens > 50)
        // The run is read like a prompt, in one pass where nobody waits for it.
        #expect(model.passes.contains { ($0.tokens.first?.count ?? 0) > 40 })
        for last in 1...2 {
            var calls = 0
            let error = #expect(throws: InferenceError.self) {
                try generator.generate(request) { _ in
                    calls += 1
                    return calls < last
                }
            }
            guard case .cancelled? = error else {
                Issue.record("unexpected error \(String(describing: error))")
                return
            }
            #expect(calls == last)
        }
        waitForRest(generator)
    }
}
