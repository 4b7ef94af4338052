import Mistral
import Tensors
import Testing

@Suite("Running the model")
struct ForwardTests {
    private func picture(_ height: Int, _ width: Int) -> PixelValues {
        PixelValues(
            height: height, width: width,
            values: (0..<(3 * height * width)).map { Float(($0 * 7919) % 255) / 127 - 1 })
    }

    @Test("results are the same bits for any number of threads")
    func threads() throws {
        let reference = try ModelReference("two_images")
        let results = try [1, 2, 3].map { count in
            let model = try ModelReference.model("hf-bf16", threads: ThreadPool(threadCount: count))
            let features = try reference.pictures.map { try model.encodeImage($0) }
            var cache = model.makeCache()
            let all = try model.forward(reference.tokens, imageFeatures: features, cache: &cache, logits: .all)
            let next = try model.forward([5], cache: &cache)
            return features.flatMap(\.values) + all.values + next.values
        }
        #expect(results[0] == results[1] && results[0] == results[2])
    }

    @Test("a prompt in parts gives what it gives at once", arguments: [[142], [100, 42], [1, 141], [50, 3, 8, 81]])
    func parts(split: [Int]) throws {
        let reference = try ModelReference("two_images")
        let model = try ModelReference.model("hf-f32")
        let features = try reference.pictures.map { try model.encodeImage($0) }
        let joined = Matrix(rows: 95, columns: 96, values: features.flatMap(\.values))
        let expected = try reference.numbers("logits")
        var (cache, position, image) = (model.makeCache(format: .float32), 0, 0)
        var whole = model.makeCache(format: .float32)
        let once = try model.forward(reference.tokens, imageFeatures: features, cache: &whole, logits: .all)
        var found: [Float] = []
        for part in split {
            let tokens = Array(reference.tokens[position..<(position + part)])
            let images = tokens.count { $0 == model.configuration.imageTokenID }
            found += try model.forward(
                tokens, imageFeatures: images == 0 ? [] : [joined.rows(image..<(image + images))], cache: &cache,
                logits: .all
            ).values
            position += part
            image += images
        }
        #expect(found == once.values)
        #expect(largestDifference(found, expected) < 1e-3)
    }

    @Test("the last row's logits are the last row of all logits, also for prompts longer than one part")
    func lastRow() throws {
        let model = try MistralModel(randomWeights: smallConfiguration, seed: 3, threads: ThreadPool())
        let tokens = (0..<600).map { 20 + ($0 * 31) % 180 }
        var (first, second) = (model.makeCache(), model.makeCache())
        let all = try model.forward(tokens, cache: &first, logits: .all)
        let last = try model.forward(tokens, cache: &second)
        #expect(all.rows == 600 && all.columns == 200 && last.rows == 1)
        #expect(all.row(599) == last.row(0))
        #expect(first.count == 600)
    }

    @Test("a truncated cache and a copied cache continue like a fresh one")
    func branches() throws {
        let model = try MistralModel(randomWeights: smallConfiguration, seed: 4, threads: ThreadPool())
        var cache = model.makeCache()
        _ = try model.forward([1, 50, 60, 70], cache: &cache)
        let expected = try model.forward([80], cache: &cache)
        cache.truncate(to: 4)
        var copy = cache
        _ = try model.forward([90], cache: &cache)
        #expect(try model.forward([80], cache: &copy).values == expected.values)
        cache.truncate(to: 4)
        #expect(try model.forward([80], cache: &cache).values == expected.values)
    }

    @Test("random weights depend on the seed alone")
    func seeds() throws {
        func logits(seed: UInt64) throws -> [Float] {
            let model = try MistralModel(randomWeights: smallConfiguration, seed: seed, threads: ThreadPool())
            var cache = model.makeCache()
            let features = try model.encodeImage(picture(28, 56))
            return try model.forward([1, 10, 10, 13, 3], imageFeatures: [features], cache: &cache).values
        }
        let first = try logits(seed: 1)
        #expect(try logits(seed: 1) == first)
        #expect(try logits(seed: 2) != first)
        #expect(first.allSatisfy(\.isFinite) && Set(first).count > 100)
    }

    @Test("inputs that do not fit are refused, and leave the cache as it was")
    func refusals() throws {
        let model = try MistralModel(randomWeights: smallConfiguration, seed: 5, threads: ThreadPool())
        var cache = model.makeCache()
        _ = try model.forward([1, 2, 3], cache: &cache)
        #expect(throws: ModelError.noTokens) { try model.forward([], cache: &cache) }
        #expect(throws: ModelError.token(id: 200, index: 1, vocabularySize: 200)) {
            try model.forward([1, 200], cache: &cache)
        }
        #expect(throws: ModelError.token(id: -1, index: 0, vocabularySize: 200)) {
            try model.forward([-1], cache: &cache)
        }
        #expect(throws: ModelError.contextLength(needed: 701, limit: 700)) {
            try model.forward([Int](repeating: 20, count: 698), cache: &cache)
        }
        let features = try model.encodeImage(picture(28, 56))
        #expect(features.rows == 2 && features.columns == 64)
        for tokens in [[1, 10], [1, 10, 10, 10], [1]] {
            let error = #expect(throws: ModelError.self) {
                try model.forward(tokens, imageFeatures: [features], cache: &cache)
            }
            guard case .imageFeatures = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        let narrow = Matrix(rows: 1, columns: 63)
        #expect(throws: ModelError.imageFeatures(tokens: 1, rows: 1, reason: "a row must have 64 numbers")) {
            try model.forward([10], imageFeatures: [narrow], cache: &cache)
        }
        var other = smallConfiguration
        other.text.layers = 1
        let foreign = try MistralModel(randomWeights: other, seed: 5, threads: ThreadPool())
        #expect(throws: ModelError.foreignCache) { try foreign.forward([1], cache: &cache) }
        #expect(cache.count == 3)
    }

    @Test("pictures that do not fit are refused")
    func pictures() throws {
        let model = try MistralModel(randomWeights: smallConfiguration, seed: 6, threads: ThreadPool())
        let bad = [
            picture(0, 28), picture(28, 27), picture(14, 28), picture(168, 28), picture(28, 168),
            PixelValues(height: 28, width: 28, values: []), PixelValues(height: -28, width: 28, values: []),
            PixelValues(height: 28, width: 28, values: [Float](repeating: 0, count: 3 * 28 * 28 + 1)),
        ]
        for pixels in bad {
            let error = #expect(throws: ModelError.self) { try model.encodeImage(pixels) }
            guard case .picture(pixels.height, pixels.width, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("progress rises to one and can stop the work")
    func progress() throws {
        let model = try MistralModel(randomWeights: smallConfiguration, seed: 7, threads: ThreadPool())
        var shares: [Double] = []
        _ = try model.encodeImage(
            picture(56, 56),
            progress: {
                shares.append($0); return true
            })
        #expect(shares.count > 2 && shares == shares.sorted() && shares.last == 1)
        shares = []
        var cache = model.makeCache()
        let tokens = [Int](repeating: 30, count: 600)
        _ = try model.forward(
            tokens, cache: &cache,
            progress: {
                shares.append($0); return true
            })
        #expect(shares.count > 4 && shares == shares.sorted() && shares.last == 1)
        cache.truncate(to: 2)
        #expect(throws: ModelError.cancelled) { try model.encodeImage(picture(56, 56), progress: { $0 < 0.4 }) }
        #expect(throws: ModelError.cancelled) { try model.forward(tokens, cache: &cache, progress: { $0 < 0.9 }) }
        #expect(cache.count == 2)
    }
}
