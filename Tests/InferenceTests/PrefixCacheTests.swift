import Mistral
import Tensors
import TestSupport
import Testing

@testable import Inference

@Suite("Prefix cache")
struct PrefixCacheTests {
    private static let model = Result { try RandomModel.model() }
    private static let page = Result { try model.get().configuration.cacheBytes(positions: 1, format: .float16) }

    private func key(_ ids: [Int], format: KeyValueFormat = .float16) -> PrefixCacheKey {
        PrefixCacheKey(PromptTokens(ids: ids), digests: [], format: format, imageTokenID: 10)
    }

    private func cache(_ ids: [Int]) throws -> KVCache {
        let model = try Self.model.get()
        var cache = model.makeCache()
        _ = try model.forward(ids, cache: &cache, logits: .none)
        return cache
    }

    private func picture(_ start: Int, wide: Int = 2) -> (ids: [Int], image: PromptImage) {
        let grid = ImageTokenGrid(tokensWide: wide, tokensHigh: 2)
        let row = Array(repeating: 10, count: wide)
        return (row + [12] + row + [13], PromptImage(grid: grid, start: start))
    }

    @Test("two prompts have in common what leads to the same keys and values")
    func common() throws {
        let ids = Array(100..<200)
        #expect(key(ids).commonPrefix(with: key(ids)) == 100)
        #expect(key(ids).commonPrefix(with: key(Array(ids[..<60]) + [7, 8])) == 60)
        #expect(key(ids).commonPrefix(with: key(ids, format: .float32)) == 0)
        #expect(key([]).commonPrefix(with: key(ids)) == 0)

        let (image, place) = picture(40)
        let prompt = PromptTokens(ids: Array(ids[..<40]) + image + ids, images: [place])
        func known(_ digests: [[UInt8]], _ prompt: PromptTokens = prompt) -> PrefixCacheKey {
            PrefixCacheKey(prompt, digests: digests, format: .float16, imageTokenID: 10)
        }
        // A picture that is not known ends what can be shared.
        #expect(known([]).ids.count == 40)
        #expect(known([[]]).ids.count == 40)
        #expect(known([[1]]).ids.count == prompt.ids.count)
        // Nor does what stands for a picture that is nowhere told of.
        #expect(known([], PromptTokens(ids: prompt.ids)).ids.count == 40)
        #expect(known([[1]], PromptTokens(ids: prompt.ids + image, images: [place])).ids.count == prompt.ids.count)
        #expect(known([[1]]).commonPrefix(with: known([[1]])) == prompt.ids.count)
        #expect(known([[1]]).commonPrefix(with: known([[2]])) == 40)
        #expect(known([[1]]).commonPrefix(with: known([])) == 40)
        // The same digest at another size is another picture.
        let (otherImage, otherPlace) = picture(40, wide: 3)
        let other = PromptTokens(ids: Array(ids[..<40]) + otherImage + ids, images: [otherPlace])
        #expect(known([[1]]).commonPrefix(with: known([[1]], other)) == 40)
        #expect(known([[1]]).hashes.first == known([[2]]).hashes.first)
        #expect(known([[1]]).hashes.last != known([[2]]).hashes.last)
    }

    @Test("the longest beginning is found, of any length from 32 on")
    func longest() throws {
        var prefixes = PrefixCache()
        let ids = (0..<300).map { 100 + $0 }
        #expect(prefixes.longest(key(ids), most: 300) == nil)
        let page = try Self.page.get()
        for length in [100, 150, 290] {
            prefixes.insert(key(Array(ids[..<length]) + [5]), try cache(Array(ids[..<length]) + [5]), limit: 100 * page)
        }
        #expect(prefixes.statistics.entries == 3)
        for length in [32, 33, 64, 99, 100, 101, 149, 150, 289, 290, 300] {
            let found = prefixes.longest(key(Array(ids[..<length])), most: length)
            #expect(found?.count == min(length, 290))
        }
        #expect(prefixes.longest(key(Array(ids[..<31])), most: 31) == nil)
        #expect(prefixes.longest(key(Array(ids[1...])), most: 299) == nil)
        #expect(prefixes.longest(key(ids), most: 200)?.count == 200)
        #expect(prefixes.longest(key(ids, format: .float32), most: 300) == nil)
        // It is the cache of those tokens.
        let model = try Self.model.get()
        let longest = prefixes.longest(key(ids), most: 299)
        var found = try #require(longest)
        var fresh = model.makeCache()
        let logits = try model.forward(Array(ids[found.count...]), cache: &found)
        #expect(try model.forward(ids, cache: &fresh).values == logits.values)
    }

    @Test("what was not used for longest goes first, and the bound holds")
    func eviction() throws {
        var prefixes = PrefixCache()
        let page = try Self.page.get()
        let prompts = (0..<6).map { number in (0..<40).map { 100 + 50 * number + $0 } }
        for prompt in prompts[..<4] { prefixes.insert(key(prompt), try cache(prompt), limit: 4 * page) }
        #expect(prefixes.statistics.entries == 4 && prefixes.statistics.bytes == 4 * page)
        #expect(prefixes.longest(key(prompts[0]), most: 39) != nil)
        prefixes.insert(key(prompts[4]), try cache(prompts[4]), limit: 4 * page)
        #expect(prefixes.longest(key(prompts[1]), most: 39) == nil)
        #expect([0, 2, 3, 4].allSatisfy { prefixes.longest(key(prompts[$0]), most: 39) != nil })
        // The same again takes no more.
        prefixes.insert(key(prompts[2]), try cache(prompts[2]), limit: 4 * page)
        #expect(prefixes.statistics.entries == 4 && prefixes.statistics.evictions == 1)
        prefixes.shrink(to: 2 * page)
        #expect(prefixes.statistics.bytes == 2 * page)
        #expect([2, 4].allSatisfy { prefixes.longest(key(prompts[$0]), most: 39) != nil })
        prefixes.insert(key(prompts[5]), try cache(prompts[5]), limit: page - 1)
        #expect(prefixes.longest(key(prompts[5]), most: 39) == nil)
        prefixes.shrink(to: 0)
        #expect(prefixes.statistics.entries == 0 && prefixes.statistics.bytes == 0)
    }

    private let system = String(repeating: "Write the record of this document. ", count: 8)

    @Test("a prompt takes over what an earlier one left, and the answer is the same")
    func reuse() throws {
        let (generator, model) = try RandomModel.recorded()
        func request(_ text: String, shares: Bool = true) throws -> GenerationRequest {
            var request = GenerationRequest(
                prompt: try RandomModel.prompt(system + text), form: .text(), maximumTokens: 20,
                sampling: .init(temperature: 1, seed: 3), logprobs: try LogprobsRequest(alternatives: 3))
            request.sharesPrompt = shares
            return request
        }
        let first = try generator.generate(request("one"))
        #expect(first.cachedTokens == 0)
        for text in ["one", "two", "one and two"] {
            let again = try generator.generate(request(text))
            #expect(again.cachedTokens > 64)
            let fresh = try generator.generate(request(text, shares: false))
            #expect(fresh.cachedTokens == 0)
            #expect(again.tokens == fresh.tokens && again.logprobs == fresh.logprobs)
        }
        // Of the whole prompt one token is read again, for its logits.
        #expect(try generator.generate(request("one")).cachedTokens == request("one").prompt.ids.count - 1)
        let statistics = generator.statistics.prefixCache
        #expect(statistics.hits == 4 && statistics.misses == 1)
        #expect(statistics.savedTokens > 4 * 64)
        let read = model.passes.flatMap(\.tokens).filter { $0.count > 64 }
        #expect(read.count == 4)
    }

    @Test("before a picture that is not known, and behind one that is")
    func pictures() throws {
        let generator = try RandomModel.generator()
        let before = try RandomModel.prompt(system).ids
        let (image, place) = picture(before.count)
        func request(_ value: Float, digest: [UInt8]?) throws -> GenerationRequest {
            var request = GenerationRequest(
                prompt: PromptTokens(ids: before + image + [4, 5, 6], images: [place]),
                imageFeatures: [Matrix(rows: 4, columns: 32, values: (0..<128).map { value * Float($0 % 7) })],
                form: .text(), maximumTokens: 20)
            request.imageDigests = digest.map { [$0] } ?? []
            return request
        }
        func fresh(_ value: Float) throws -> [Int] {
            try RandomModel.generator().generate(request(value, digest: nil)).tokens
        }
        let answers = [try fresh(1), try fresh(-2)]
        #expect(answers[0] != answers[1])
        var cached: [Int] = []
        for (value, digest) in [(1, nil), (-2, nil), (1, [1]), (-2, [2]), (-2, [2]), (1, [1]), (-2, nil)]
            as [(Float, [UInt8]?)]
        {
            let answer = try generator.generate(request(value, digest: digest))
            #expect(answer.tokens == answers[value == 1 ? 0 : 1])
            cached.append(answer.cachedTokens)
        }
        let (part, whole) = (before.count, before.count + image.count + 2)
        #expect(cached == [0, part, part, part, whole, whole, part])
    }

    @Test("a prompt that begins like one that is read at the moment waits for it instead of reading the same")
    func followers() throws {
        var limits = SchedulerLimits()
        (limits.prefillTokens, limits.prefillTokensAlone) = (24, 24)
        let (generator, model) = try RandomModel.recorded(limits, isOpen: false)
        let requests = try (0..<6).map {
            GenerationRequest(
                prompt: try RandomModel.prompt(system + "\($0)"), form: .text(), maximumTokens: 8,
                sampling: .init(temperature: 1, seed: UInt64($0)))
        }
        let tasks = try requests.map { try generator.start($0) }
        model.open()
        for (task, request) in zip(tasks, requests) {
            let answer = try #require(try generations(task).first)
            #expect(answer.tokens == (try RandomModel.generator().generate(request)).tokens)
        }
        let length = try #require(requests.first?.prompt.ids.count)
        #expect(length > 80)
        // One whole prompt, of the others what they have of their own, and the answers.
        #expect(generator.statistics.tokens < length + 6 * 7 + 5 * 12)
        #expect(generator.statistics.prefixCache.hits == 5)
    }

    @Test("a prompt whose forerunner is cancelled reads all of its own")
    func lostLeader() throws {
        var limits = SchedulerLimits()
        (limits.prefillTokens, limits.prefillTokensAlone) = (24, 24)
        let (generator, model) = try RandomModel.recorded(limits, isOpen: false)
        let request = GenerationRequest(
            prompt: try RandomModel.prompt(system), form: .text(), maximumTokens: 8, sampling: .init(temperature: 1))
        let leader = try generator.start(request)
        let follower = try generator.start(request)
        let last = try generator.start(request)
        #expect(model.waitForPass(1))
        leader.cancel()
        model.open()
        let answers = try [follower, last].map { try generations($0).first }
        #expect(answers.map { $0?.cachedTokens } == [0, request.prompt.ids.count - 1])
        let alone = try RandomModel.generator().generate(request)
        #expect(answers.allSatisfy { $0?.tokens == alone.tokens })
    }

    @Test("requests take its memory when they need it")
    func yields() throws {
        var limits = SchedulerLimits()
        let page = try Self.page.get()
        limits.cacheBytes = 4 * page
        limits.prefixCacheBytes = 4 * page
        let (generator, _) = try RandomModel.recorded(limits)
        func request(_ text: String, tokens: Int) throws -> GenerationRequest {
            GenerationRequest(prompt: try RandomModel.prompt(system + text), form: .text(), maximumTokens: tokens)
        }
        _ = try generator.generate(request("one", tokens: 5))
        #expect(generator.statistics.prefixCache.entries == 1)
        // All four pages.
        _ = try generator.generate(
            GenerationRequest(prompt: RandomModel.prompt(), form: .text(), maximumTokens: 500))
        #expect(generator.statistics.prefixCache.entries == 0)
        #expect(try generator.generate(request("one", tokens: 5)).cachedTokens == 0)
    }
}
