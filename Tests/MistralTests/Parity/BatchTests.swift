import Mistral
import Tensors
import Testing

@Suite("Several sequences in one pass, and their caches")
struct BatchTests {
    private static let implementations = Kernels.available.indices

    private func tokens(_ count: Int, seed: Int) -> [Int] { (0..<count).map { 20 + ($0 * 31 + seed * 17) % 180 } }

    private func model(threads: Int = 2, _ kernels: Kernels = .best) throws -> MistralModel {
        var configuration = smallConfiguration
        configuration.text.headDimension = 32
        return try MistralModel(
            randomWeights: configuration, seed: 21, threads: ThreadPool(threadCount: threads, kernels: kernels))
    }

    @Test("rows are the same bits alone, in any parts and beside any others", arguments: implementations)
    func invariance(implementation: Int) throws {
        let model = try model(Kernels.available[implementation])
        for format in KeyValueFormat.allCases {
            let inputs = [150, 1, 40, 9].enumerated().map { tokens($1, seed: $0) }
            let alone = try inputs.map { input in
                var cache = model.makeCache(format: format)
                return try model.forward(input, cache: &cache, logits: .all)
            }
            for size in [1, 2, 7, 8, 100] {
                var steps = inputs.map {
                    SequenceStep(tokens: $0, cache: model.makeCache(format: format), logits: .all)
                }
                var found = [[Float]](repeating: [], count: inputs.count)
                // Each pass takes as many tokens of each sequence, as long as it has any.
                for first in stride(from: 0, to: 150, by: size) {
                    let active = inputs.indices.filter { first < inputs[$0].count }
                    var pass = active.map { index in
                        var step = steps[index]
                        step.tokens = Array(inputs[index][first..<min(inputs[index].count, first + size)])
                        return step
                    }
                    for (index, logits) in zip(active, try model.forward(&pass)) { found[index] += logits.values }
                    for (index, step) in zip(active, pass) { steps[index] = step }
                }
                for index in inputs.indices {
                    #expect(found[index] == alone[index].values, "\(format) in parts of \(size), sequence \(index)")
                }
            }
        }
    }

    @Test("the number of threads makes no difference")
    func threads() throws {
        let results = try [1, 2, 3].map { count in
            let model = try model(threads: count)
            var steps = [340, 3, 200].enumerated().map {
                SequenceStep(tokens: tokens($1, seed: $0), cache: model.makeCache(), logits: .last)
            }
            return try model.forward(&steps).map(\.values) + model.forward(&steps).map(\.values)
        }
        #expect(results[0] == results[1] && results[0] == results[2])
    }

    @Test("each step gets the logits it asks for")
    func wanted() throws {
        let model = try model()
        var steps = [(5, MistralModel.LogitRows.all), (700 - 5, .last), (3, .none), (1, .last)].enumerated().map {
            SequenceStep(tokens: tokens($1.0, seed: $0), cache: model.makeCache(), logits: $1.1)
        }
        let logits = try model.forward(&steps)
        #expect(logits.map(\.rows) == [5, 1, 0, 1] && logits.allSatisfy { $0.columns == 200 })
        #expect(steps.map(\.cache.count) == [5, 695, 3, 1])
        for index in [0, 1, 3] {
            var cache = model.makeCache()
            let all = try model.forward(steps[index].tokens, cache: &cache, logits: .all)
            #expect(logits[index].row(logits[index].rows - 1) == all.row(all.rows - 1))
        }
        var none: [SequenceStep] = []
        #expect(try model.forward(&none).isEmpty)
    }

    @Test("images in several sequences stay in theirs, also when a part of the pass ends within one")
    func images() throws {
        let model = try model()
        let pixels = PixelValues(
            height: 56, width: 56, values: (0..<(3 * 56 * 56)).map { Float(($0 * 7919) % 255) / 127 - 1 })
        let features = try model.encodeImage(pixels)
        let inputs = [tokens(509, seed: 1) + [10, 10, 10, 10, 30], [10, 10, 10, 10, 3]]
        let alone = try inputs.map { input in
            var cache = model.makeCache()
            return try model.forward(input, imageFeatures: [features], cache: &cache, logits: .all).values
        }
        var steps = inputs.map {
            SequenceStep(tokens: $0, imageFeatures: [features], cache: model.makeCache(), logits: .all)
        }
        #expect(try model.forward(&steps).map(\.values) == alone)
    }

    @Test("if one step does not fit, or the caller stops, all caches are as they were")
    func failures() throws {
        let model = try model()
        let input = tokens(130, seed: 2)
        func steps() throws -> [SequenceStep] {
            try (0..<3).map { index in
                var cache = model.makeCache()
                _ = try model.forward(tokens(100 + index, seed: index), cache: &cache)
                return SequenceStep(tokens: input, cache: cache)
            }
        }
        var expected = try steps()
        let logits = try model.forward(&expected).map(\.values)
        var refused = try steps()
        let sizes = refused.map(\.cache.byteCount)
        refused[1].tokens = tokens(699, seed: 2)
        #expect(throws: ModelError.contextLength(needed: 800, limit: 700)) { try model.forward(&refused) }
        refused[1].tokens = [200]
        #expect(throws: ModelError.token(id: 200, index: 0, vocabularySize: 200)) { try model.forward(&refused) }
        refused[1].tokens = []
        #expect(throws: ModelError.noTokens) { try model.forward(&refused) }
        refused[1].tokens = input
        for share in [0.2, 0.7, 1] {
            #expect(throws: ModelError.cancelled) { try model.forward(&refused, progress: { $0 < share }) }
            #expect(refused.map(\.cache.count) == [100, 101, 102] && refused.map(\.cache.byteCount) == sizes)
        }
        #expect(try model.forward(&refused).map(\.values) == logits)
    }

    @Test("branches of a prefix share its memory, and go on as if they were alone", arguments: KeyValueFormat.allCases)
    func branches(format: KeyValueFormat) throws {
        let model = try model()
        let prefix = tokens(300, seed: 3)
        var cache = model.makeCache(format: format)
        _ = try model.forward(prefix, cache: &cache, logits: .none)
        let page = model.configuration.cacheBytes(positions: 1, format: format)
        var steps = [1, 2].map { SequenceStep(tokens: tokens(40, seed: $0), cache: cache) }
        let found = try model.forward(&steps).map(\.values)
        #expect(cache.count == 300 && steps.map(\.cache.count) == [340, 340])
        // Two of three pages are full and stay common.
        #expect(cache.byteCount == 3 * page)
        #expect(steps[0].cache.sharedByteCount(with: steps[1].cache) == 2 * page)
        #expect(steps[0].cache.sharedByteCount(with: cache) == 2 * page)
        let alone = try steps.map { step in
            var cache = model.makeCache(format: format)
            return try model.forward(prefix + step.tokens, cache: &cache).values
        }
        #expect(found == alone)
        cache.truncate(to: 200)
        #expect(cache.byteCount == 2 * page)
        _ = try model.forward(Array(prefix[200...]) + steps[0].tokens, cache: &cache)
        steps[0].cache.truncate(to: 340)
        let next = try model.forward([50], cache: &cache).values
        #expect(try model.forward([50], cache: &steps[0].cache).values == next)
    }

    @Test("formats differ in their memory, and little in what comes out")
    func formats() throws {
        let model = try model()
        let input = tokens(200, seed: 4)
        let logits = try KeyValueFormat.allCases.map { format in
            var cache = model.makeCache(format: format)
            #expect(cache.format == format)
            return try model.forward(input, cache: &cache).values
        }
        let errors = logits.dropFirst().map { largestDifference($0, logits[0]) }
        #expect(errors[0] > 0 && errors[0] < 1e-3 && errors[1] > errors[0] && errors[1] < 2e-2)
        print("cache formats: largest difference of logits: f16 \(errors[0]), q8_0 \(errors[1])")
    }

    @Test("what a cache takes is known before, and what does not fit is refused before any work")
    func limits() throws {
        let model = try model()
        let configuration = model.configuration
        for (positions, pages) in [(0, 0), (-5, 0), (1, 1), (128, 1), (129, 2), (700, 6)] {
            let bytes = configuration.cacheBytes(positions: positions, format: .float16)
            // Layers, keys and values, heads, dimension, positions, bytes.
            #expect(bytes == pages * 2 * 2 * 2 * 32 * 128 * 2)
            #expect(try model.makeCache(capacity: positions).byteCount == bytes)
        }
        #expect(configuration.cacheBytes(positions: .max, format: .float32) == .max)
        #expect(throws: ModelError.contextLength(needed: 701, limit: 700)) { try model.makeCache(capacity: 701) }
        #expect(throws: ModelError.contextLength(needed: .max, limit: 700)) { try model.makeCache(capacity: .max) }

        var narrow = smallConfiguration
        narrow.text.maxPositions = 131_072
        let other = try MistralModel(randomWeights: narrow, seed: 1, threads: ThreadPool())
        #expect(throws: ModelError.cacheFormat(.quantized8, headDimension: 16)) {
            try other.makeCache(capacity: 1, format: .quantized8)
        }
        var cache = try other.makeCache(capacity: 131_072)
        #expect(cache.capacity == 131_072)
        let error = ModelError.contextLength(needed: 131_073, limit: 131_072)
        #expect(throws: error) { try other.forward([Int](repeating: 30, count: 131_073), cache: &cache) }
        #expect(cache.count == 0 && cache.capacity == 131_072)
    }
}
