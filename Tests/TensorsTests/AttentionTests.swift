import Tensors
import Testing

@Suite("Attention")
struct AttentionTests {
    /// Joined rows, run through a causal attention in parts of the given sizes.
    private func causal(
        _ input: Matrix, _ shape: AttentionShape, _ rotary: RotaryTable, parts: [Int], threads: ThreadPool,
        format: KeyValueFormat = .float32
    ) -> [Float] {
        var pages = KeyValuePages(layers: 2, shape: shape, format: format)
        var (output, position): ([Float], Int) = ([], 0)
        for part in parts {
            let range = position..<(position + part)
            let reserved = pages.reserve(range)
            #expect(reserved)
            var sequences = [CausalSequence(rows: 0..<part, position: position, pages: pages.taken())]
            var found = Matrix(rows: 0, columns: 0)
            found.setCausalAttention(
                input.rows(range), shape: shape, rotary: rows(range, of: rotary), layer: 1, sequences: &sequences,
                threads: threads)
            pages = sequences[0].pages.taken()
            output += found.values
            position += part
        }
        return output
    }

    private func joinedRows(_ count: Int, _ shape: AttentionShape, seed: UInt64) -> Matrix {
        Matrix(
            rows: count, columns: shape.joinedColumns, values: randomNumbers(count * shape.joinedColumns, seed: seed))
    }

    @Test(
        "full attention agrees with the definition",
        arguments: [(1, 2), (5, 4), (40, 16), (70, 64), (33, 80), (128, 32), (300, 20)])
    func fullAttention(count: Int, dimension: Int) {
        for keyValueHeads in [3, 1] {
            let shape = AttentionShape(heads: 3, keyValueHeads: keyValueHeads, headDimension: dimension)
            let input = joinedRows(count, shape, seed: 7)
            let rotary = testRotation(count, dimension)
            let expected = attentionByDefinition(input, shape, rotary, causal: false)
            for kernels in Kernels.available {
                var found = Matrix(rows: 0, columns: 0)
                found.setFullAttention(
                    input, shape: shape, rotary: rotary, threads: ThreadPool(threadCount: 2, kernels: kernels))
                #expect(largestDifference(found.values, expected) < 5e-6, "\(kernels.name)")
            }
        }
    }

    @Test("causal attention agrees with the definition", arguments: [2, 16, 20, 32, 64, 128])
    func causalAttention(dimension: Int) {
        for (heads, keyValueHeads) in [(6, 2), (1, 1), (50, 1)] where heads < 50 || dimension < 20 {
            let shape = AttentionShape(heads: heads, keyValueHeads: keyValueHeads, headDimension: dimension)
            let input = joinedRows(150, shape, seed: 8)
            let rotary = testRotation(150, dimension)
            let expected = attentionByDefinition(input, shape, rotary, causal: true)
            for kernels in Kernels.available {
                let pool = ThreadPool(threadCount: 2, kernels: kernels)
                let found = causal(input, shape, rotary, parts: [150], threads: pool)
                #expect(largestDifference(found, expected) < 5e-6, "\(kernels.name) \(heads) heads")
            }
        }
    }

    @Test("a row is the same bits in any split and for any number of threads", arguments: KeyValueFormat.allCases)
    func splits(format: KeyValueFormat) {
        let shape = AttentionShape(heads: 8, keyValueHeads: 2, headDimension: 32)
        let input = joinedRows(300, shape, seed: 9)
        let rotary = testRotation(300, 32)
        for kernels in Kernels.available {
            let pool = ThreadPool(threadCount: 1, kernels: kernels)
            let once = causal(input, shape, rotary, parts: [300], threads: pool, format: format)
            for (threads, size) in [(1, 1), (2, 2), (1, 7), (3, 8), (2, 100), (3, 128), (2, 300)] {
                let sizes = (0..<((300 + size - 1) / size)).map { min(size, 300 - $0 * size) }
                let found = causal(
                    input, shape, rotary, parts: sizes, threads: ThreadPool(threadCount: threads, kernels: kernels),
                    format: format)
                #expect(found == once, "\(kernels.name) in parts of \(size)")
            }
        }
    }

    @Test("sequences of one pass do not see each other")
    func severalSequences() {
        let shape = AttentionShape(heads: 4, keyValueHeads: 2, headDimension: 32)
        let pool = ThreadPool(threadCount: 2)
        let counts = [1, 40, 129, 1, 7]
        let inputs = counts.enumerated().map { joinedRows($1, shape, seed: UInt64(20 + $0)) }
        let rotary = counts.map { testRotation($0, 32) }
        var (sequences, first): ([CausalSequence], Int) = ([], 0)
        for count in counts {
            var pages = KeyValuePages(layers: 2, shape: shape, format: .float16)
            let reserved = pages.reserve(0..<count)
            #expect(reserved)
            sequences.append(CausalSequence(rows: first..<(first + count), position: 0, pages: pages.taken()))
            first += count
        }
        var together = Matrix(rows: 0, columns: 0)
        together.setCausalAttention(
            Matrix(joining: inputs), shape: shape, rotary: RotaryTable(joining: rotary), layer: 1,
            sequences: &sequences, threads: pool)
        for (index, sequence) in sequences.enumerated() {
            let alone = causal(
                inputs[index], shape, rotary[index], parts: [counts[index]], threads: pool, format: .float16)
            #expect(together.rows(sequence.rows).values == alone, "sequence \(index)")
        }
    }

    @Test("adjacent pairs give what halves with permuted rows give", arguments: [4, 32, 46, 64])
    func pairs(dimension: Int) {
        let shape = AttentionShape(heads: 2, keyValueHeads: 2, headDimension: dimension)
        let halves = joinedRows(60, shape, seed: 10)
        var adjacent = halves
        for row in 0..<60 {
            // Queries and keys of every head; values stay.
            for head in 0..<4 {
                for pair in 0..<(dimension / 2) {
                    let start = head * dimension
                    adjacent[row, start + 2 * pair] = halves[row, start + pair]
                    adjacent[row, start + 2 * pair + 1] = halves[row, start + pair + dimension / 2]
                }
            }
        }
        for kernels in Kernels.available {
            let pool = ThreadPool(threadCount: 2, kernels: kernels)
            let expected = attentionByDefinition(
                adjacent, shape, testRotation(60, dimension, pairs: .adjacent), causal: true)
            let found = causal(
                adjacent, shape, testRotation(60, dimension, pairs: .adjacent), parts: [60], threads: pool)
            let same = causal(halves, shape, testRotation(60, dimension), parts: [60], threads: pool)
            #expect(largestDifference(found, expected) < 5e-6)
            // The sums along the head run in another order.
            #expect(largestDifference(found, same) < 2e-6)
        }
    }

    @Test("queries are multiplied by the factors of their rows")
    func factors() {
        let shape = AttentionShape(heads: 4, keyValueHeads: 2, headDimension: 32)
        let input = joinedRows(50, shape, seed: 11)
        let plain = testRotation(50, 32)
        let rotary = RotaryTable(
            cosines: plain.cosines, sines: plain.sines, queryFactors: (0..<50).map { 1 + Float($0) * 0.1 })
        let pool = ThreadPool(threadCount: 2)
        let found = causal(input, shape, rotary, parts: [3, 47], threads: pool)
        #expect(largestDifference(found, attentionByDefinition(input, shape, rotary, causal: true)) < 5e-6)
        #expect(largestDifference(found, causal(input, shape, plain, parts: [50], threads: pool)) > 1e-3)
        var full = Matrix(rows: 0, columns: 0)
        full.setFullAttention(
            input, shape: AttentionShape(heads: 4, keyValueHeads: 2, headDimension: 32), rotary: rotary, threads: pool)
        #expect(largestDifference(full.values, attentionByDefinition(input, shape, rotary, causal: false)) < 5e-6)
    }

    @Test("formats of the cache are as precise as they say", arguments: Kernels.available.indices)
    func formats(implementation: Int) {
        let shape = AttentionShape(heads: 4, keyValueHeads: 2, headDimension: 64)
        let input = joinedRows(200, shape, seed: 12)
        let rotary = testRotation(200, 64)
        let pool = ThreadPool(threadCount: 2, kernels: Kernels.available[implementation])
        let exact = attentionByDefinition(input, shape, rotary, causal: true)
        let limits: [KeyValueFormat: Float] = [.float32: 5e-6, .float16: 1e-3, .quantized8: 1e-2]
        for (format, limit) in limits {
            let error = largestDifference(
                causal(input, shape, rotary, parts: [200], threads: pool, format: format), exact)
            #expect(error < limit, "\(format)")
            #expect(format == .float32 || error > limit / 100, "\(format) is not used")
            print("attention \(pool.kernels.name) \(format.rawValue): largest error \(error)")
        }
    }

    @Test("numbers of any size give finite results")
    func extremes() {
        let shape = AttentionShape(heads: 2, keyValueHeads: 1, headDimension: 32)
        for kernels in Kernels.available {
            let pool = ThreadPool(threadCount: 2, kernels: kernels)
            for (scale, format) in [(Float(1e4), KeyValueFormat.float32), (1e6, .float16), (1e-20, .float16)] {
                let input = Matrix(
                    rows: 140, columns: shape.joinedColumns,
                    values: randomNumbers(140 * shape.joinedColumns, seed: 13).map { $0 * scale })
                let found = causal(
                    input, shape, testRotation(140, 32), parts: [139, 1], threads: pool, format: format)
                #expect(found.allSatisfy { $0.isFinite && abs($0) <= scale }, "\(kernels.name) \(scale)")
            }
        }
    }
}
