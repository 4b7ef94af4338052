import Grammar
import JSONSchema
import Mistral
import Tensors
import TestSupport
import Testing

@testable import Inference

@Suite("Scheduler")
struct SchedulerTests {
    /// Free text of so many tokens; nothing of the prompt is shared.
    private func request(_ text: String = "a", tokens: Int, seed: UInt64 = 1) throws -> GenerationRequest {
        var request = GenerationRequest(
            prompt: try RandomModel.prompt(text), form: .text(), maximumTokens: tokens,
            sampling: .init(temperature: 1, seed: seed))
        (request.sharesPrompt, request.endsRepetition) = (false, false)
        return request
    }

    private let longText = String(repeating: "net amount due ", count: 40)

    @Test("shares what may be read of prompts evenly, and gives each answer its step")
    func plan() {
        #expect(StepPlan.tokens(of: [], most: 256) == [])
        #expect(StepPlan.tokens(of: [1, 16, 3], most: 4) == [1, 16, 3])
        #expect(StepPlan.tokens(of: [1, 1000, 1], most: 256) == [1, 256, 1])
        #expect(StepPlan.tokens(of: [900, 800], most: 256) == [128, 128])
        // What the short one leaves goes to the others.
        #expect(StepPlan.tokens(of: [900, 56, 800], most: 256) == [100, 56, 100])
        // Nobody waits for ever, however many there are.
        #expect(StepPlan.tokens(of: [20, 20, 20, 1], most: 2) == [1, 1, 1, 1])
        for _ in 0..<200 {
            let pending = (0..<Int.random(in: 1...40)).map { _ in Int.random(in: 1...600) }
            let most = Int.random(in: 40...512)
            let plan = StepPlan.tokens(of: pending, most: most)
            let long = pending.indices.filter { pending[$0] > StepPlan.longestShort }
            #expect(zip(plan, pending).allSatisfy { $0 >= 1 && $0 <= $1 })
            #expect(long.reduce(0) { $0 + plan[$1] } <= most)
            #expect(pending.indices.allSatisfy { long.contains($0) || plan[$0] == pending[$0] })
        }
    }

    @Test("short requests are done while a long prompt is read, one step for each token")
    func fairness() throws {
        var limits = SchedulerLimits()
        (limits.prefillTokens, limits.prefillTokensAlone) = (20, 20)
        let (generator, model) = try RandomModel.recorded(limits, isOpen: false)
        let long = try generator.start(request(longText, tokens: 3))
        #expect(model.waitForPass(1))
        let short = try (0..<4).map { try generator.start(request(tokens: 5, seed: UInt64($0))) }
        model.open()
        for task in short { #expect(try generations(task).map(\.tokens.count) == [5]) }
        #expect(try generations(long).map(\.tokens.count) == [3])

        // All of them begin behind the first pass: their prompts and 4 tokens more.
        let passes = model.passes.map { $0.tokens.map(\.count) }
        #expect(passes.prefix(6).map(\.count) == [1, 5, 5, 5, 5, 5])
        #expect(passes.dropFirst(6).allSatisfy { $0.count == 1 })
        let length = try request(longText, tokens: 3).prompt.ids.count
        #expect(length > 150)
        #expect(passes.count == (length + 19) / 20 + 2)
        #expect(passes.allSatisfy { $0.filter { $0 > StepPlan.longestShort }.reduce(0, +) <= 20 })
    }

    @Test("requests begin in their order, and no more run than may")
    func order() throws {
        var limits = SchedulerLimits()
        limits.runningAnswers = 2
        let (generator, model) = try RandomModel.recorded(limits, isOpen: false)
        let letters = ["a", "b", "c", "d", "e", "f"]
        let tasks = try letters.map { try generator.start(request($0, tokens: 4)) }
        model.open()
        for task in tasks { _ = try generations(task) }
        #expect(model.passes.allSatisfy { $0.tokens.count <= 2 })
        let prompts = model.passes.flatMap(\.tokens).filter { $0.count > 1 }
        #expect(try prompts == letters.map { try RandomModel.prompt($0).ids })
        #expect(generator.statistics.runningAnswers == 0)
        #expect(generator.statistics.reservedBytes == 0)
        #expect(generator.statistics.steps == model.passes.count)
    }

    @Test("32 requests of 32 threads give what they give alone")
    func threads() throws {
        let alone = try RandomModel.generator()
        let requests = try (0..<32).map {
            try request("\($0) \(longText.prefix(15 * ($0 % 7)))", tokens: 20 + $0, seed: UInt64($0))
        }
        let (generator, model) = try RandomModel.recorded(isOpen: false)
        let results = Monitor([Int: [Int]]())
        var threads: [DedicatedThread] = []
        for (index, request) in requests.enumerated() {
            threads.append(
                try #require(
                    DedicatedThread {
                        let tokens = try? generator.generate(request).tokens
                        results.withLock { $0[index] = tokens ?? [] }
                    }))
        }
        while generator.statistics.waitingRequests + generator.statistics.runningAnswers < 32 { usleepOnce() }
        model.open()
        threads = []
        for (index, request) in requests.enumerated() {
            #expect(try results.withLock { $0[index] } == alone.generate(request).tokens)
        }
        #expect(model.passes.contains { $0.tokens.count == 32 })
    }

    @Test("what cannot fit and what is too much is refused before any work, with the numbers")
    func refusals() throws {
        var limits = SchedulerLimits()
        limits.waitingRequests = 3
        let model = try RandomModel.model()
        let page = model.configuration.cacheBytes(positions: 1, format: .float16)
        limits.cacheBytes = 2 * page
        let (generator, recorded) = try RandomModel.recorded(limits, isOpen: false)
        func refusal(_ change: (inout GenerationRequest) throws -> Void) throws -> InferenceError? {
            var request = try request(tokens: 100)
            try change(&request)
            return #expect(throws: InferenceError.self) { try generator.generate(request) }
        }
        let prompt = try RandomModel.prompt().ids.count
        guard case .cacheTooSmall(let positions, 3 * page, 2 * page)? = try refusal({ $0.maximumTokens = 256 }),
            positions == prompt + 256
        else {
            Issue.record("a request was taken that can never fit")
            return
        }
        // As 32 bits only one page fits.
        guard case .cacheTooSmall? = try refusal({ ($0.maximumTokens, $0.cacheFormat) = (200, .float32) }) else {
            Issue.record("a request was taken whose numbers are too large")
            return
        }
        for choices in [0, 17] {
            let error = #expect(throws: InferenceError.self) {
                var request = try request(tokens: 1)
                request.choices = choices
                _ = try generator.start(request)
            }
            guard case .parameter(let parameter)? = error else {
                Issue.record("\(choices) answers were taken")
                return
            }
            #expect(parameter.parameter == "n" && parameter.value == "\(choices)")
        }
        // Heads of 16 numbers have no blocks of 32.
        guard case .model(.cacheFormat(.quantized8, headDimension: 16))? = try refusal({ $0.cacheFormat = .quantized8 })
        else {
            Issue.record("a format was taken that the model cannot have")
            return
        }
        #expect(recorded.passes.isEmpty && generator.statistics.steps == 0)

        let running = try generator.start(request(tokens: 200))
        #expect(recorded.waitForPass(1))
        let waiting = try (0..<3).map { _ in try generator.start(request(tokens: 200)) }
        guard case .busy(waiting: 3, limit: 3)? = try refusal({ _ in }) else {
            Issue.record("more requests wait than may")
            return
        }
        // Whoever does not wait any more makes room.
        waiting[1].cancel()
        let last = try generator.start(request(tokens: 200))
        recorded.open()
        for task in [running, waiting[0], waiting[2], last] { #expect(try generations(task).count == 1) }
    }

    @Test("a request waits until the memory that it may need is free")
    func memory() throws {
        var limits = SchedulerLimits()
        let model = try RandomModel.model()
        let page = model.configuration.cacheBytes(positions: 1, format: .float16)
        limits.cacheBytes = 5 * page
        limits.prefixCacheBytes = 5 * page
        let (generator, recorded) = try RandomModel.recorded(limits, isOpen: false)
        // Two pages each, of a prompt that is kept for later ones.
        let tasks = try (0..<8).map {
            var request = try request("\($0) \(longText.prefix(200))", tokens: 100, seed: UInt64($0))
            request.sharesPrompt = true
            #expect(try generator.cacheBytes(for: request) == 2 * page)
            return try generator.start(request)
        }
        recorded.open()
        for task in tasks { #expect(try generations(task).count == 1) }
        #expect(recorded.passes.contains { $0.tokens.count == 2 })
        #expect(recorded.passes.allSatisfy { $0.tokens.count <= 2 && $0.cacheBytes <= 4 * page })
        let statistics = generator.statistics
        #expect(statistics.reservedBytes == 0)
        #expect(statistics.prefixCache.bytes <= 5 * page && statistics.prefixCache.entries > 0)
        #expect(statistics.prefixCache.evictions > 0)
    }

    @Test("what one request breaks on ends that one alone")
    func failures() throws {
        let poison = 1999
        let (generator, model) = try RandomModel.recorded(isOpen: false, poison: poison)
        let first = try generator.start(request(tokens: 1))
        #expect(model.waitForPass(1))
        let good = try (0..<3).map { try request("b", tokens: 12, seed: UInt64($0)) }
        var broken = try request(tokens: 12)
        broken.prompt = PromptTokens(ids: [1, poison, 3])
        var noNumbers = try request(tokens: 12)
        let image = PromptImage(grid: ImageTokenGrid(tokensWide: 1, tokensHigh: 1), start: 1)
        noNumbers.prompt = PromptTokens(ids: [1, 10, 13, 4], images: [image])
        noNumbers.imageFeatures = [Matrix(rows: 1, columns: 32, values: Array(repeating: .nan, count: 32))]
        let tasks = try [good[0], broken, good[1], noNumbers, good[2]].map { try generator.start($0) }
        model.open()
        _ = try generations(first)
        for (index, request) in zip([0, 2, 4], good) {
            #expect(try generations(tasks[index]).map(\.tokens) == [RandomModel.generator().generate(request).tokens])
        }
        guard case .model(.cacheMemory(positions: 1, bytes: 2))? = failure(tasks[1]) else {
            Issue.record("the one that the model cannot read did not fail")
            return
        }
        guard case .notANumber? = failure(tasks[3]) else {
            Issue.record("the one without numbers did not fail")
            return
        }
        #expect(generator.statistics.reservedBytes == 0)
        // All were in one step that failed, then each in one of its own.
        #expect(model.passes.contains { $0.tokens.count == 3 })
    }

    private func failure(_ task: GenerationTask) -> InferenceError? {
        #expect(throws: InferenceError.self) { try generations(task) }
    }
}
