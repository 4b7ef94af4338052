import TestSupport
import Tensors
import Testing

@Suite("Quantisation")
struct QuantizationTests {
    private static let writable = TensorType.allCases.filter(\.canQuantize)
    private static let superBlocks: [TensorType] = [.q2_K, .q3_K, .q4_K, .q5_K, .q6_K]

    private let goldens: SafetensorsFile

    init() throws {
        goldens = try SafetensorsFile(path: Repository.reference("gguf/quant-blocks.safetensors"))
    }

    /// Four rows of 512 weights, with standard deviations of 0.95, 0.021, 30 and 0.0001.
    private var input: [Float] { get throws { try goldens.tensor("quantise.input").floats() } }

    private func error(_ type: TensorType, _ weights: [Float]) throws -> Double {
        let found = try #require(type.dequantized(try type.quantized(weights)))
        #expect(found.count == weights.count)
        let squares = zip(weights, found).map { (Double($0) - Double($1)) * (Double($0) - Double($1)) }
        return (squares.reduce(0, +) / Double(weights.count)).squareRoot()
    }

    @Test(
        "what the gguf package can quantise, bit by bit",
        arguments: [.bf16, .q4_0, .q4_1, .q5_0, .q5_1, .q8_0] as [TensorType])
    func bitsOfReference(type: TensorType) throws {
        let expected = try goldens.tensor("quantise.\(type).raw").integers().map { UInt8($0) }
        #expect(try type.quantized(input) == expected)
    }

    /// Root mean square errors that ggml's own quantisers (0.25.3, without an importance matrix) leave in the four rows.
    private static let errorsOfReference: [TensorType: [Double]] = [
        .q2_K: [2.595401e-01, 6.326334e-03, 8.682099e+00, 3.091243e-05],
        .q3_K: [1.407608e-01, 3.309537e-03, 4.449359e+00, 1.644589e-05],
        .q4_K: [6.648914e-02, 1.472769e-03, 2.054221e+00, 8.189765e-06],
        .q5_K: [3.276184e-02, 7.264688e-04, 1.037387e+00, 4.887622e-06],
        .q6_K: [1.547654e-02, 3.589327e-04, 5.352892e-01, 1.278558e-05],
    ]

    @Test("K types leave less than ggml's quantisers, in every row", arguments: superBlocks)
    func errorsOfSuperBlocks(type: TensorType) throws {
        let input = try input
        for (row, bound) in try #require(Self.errorsOfReference[type]).enumerated() {
            let found = try error(type, Array(input[512 * row..<512 * (row + 1)]))
            #expect(found < bound, "row \(row)")
            #expect(found > bound / 10, "more precise than the type can be")
        }
    }

    @Test("all kernels and any number of threads write the same bytes", arguments: writable)
    func kernelsAgree(type: TensorType) throws {
        // Normal rows, one far from zero, one of very different sizes, one of subnormal numbers.
        var weights = randomNumbers(40 * 1024, seed: 7)
        for index in 1024..<2048 { weights[index] += 5 }
        for index in 2048..<3072 { weights[index] *= Float(sign: .plus, exponent: index % 24 - 12, significand: 1) }
        for index in 3072..<4096 { weights[index] *= 0x1p-140 }
        let expected = try type.quantized(weights)
        for kernels in Kernels.available {
            #expect(try type.quantized(weights, kernels: kernels) == expected, "\(kernels.name)")
        }
        let matrix = Matrix(rows: 40, columns: 1024, values: weights)
        for count in 1...3 {
            let threads = ThreadPool(threadCount: count, kernels: .best)
            #expect(try matrix.quantized(to: type, threads: threads) == expected, "\(count) threads")
        }
    }

    @Test("what a type can hold comes back as it was", arguments: writable)
    func roundTrip(type: TensorType) throws {
        let raw = try type == .f32 ? nil : goldens.tensor("\(type).raw").integers().map { UInt8($0) }
        let weights = try #require(raw.map { type.dequantized($0) } ?? [1, -2, 0.5, 0x1p-140])
        let found = try #require(type.dequantized(try type.quantized(weights)))
        if !type.isQuantized { #expect(found.map(\.bitPattern) == weights.map(\.bitPattern)) }
        // Random blocks use scales that no quantiser would choose, so little may get lost, but not much.
        let largest = weights.map(\.magnitude).max() ?? 0
        let worst = zip(weights, found).map { ($0 - $1).magnitude }.max() ?? 0
        #expect(worst <= largest * 0.3)
    }

    @Test("zeros stay zeros, and equal weights nearly equal", arguments: writable)
    func constantBlocks(type: TensorType) throws {
        let zeros = try #require(type.dequantized(try type.quantized([Float](repeating: 0, count: 512))))
        #expect(zeros.allSatisfy { $0 == 0 })
        for value in [1, -1, 0.01, -300] as [Float] {
            let found = try #require(type.dequantized(try type.quantized([Float](repeating: value, count: 512))))
            #expect(found.allSatisfy { ($0 - value).magnitude <= value.magnitude * 0.01 }, "\(value)")
        }
    }

    @Test("numbers that are none are refused with their place", arguments: writable)
    func notFinite(type: TensorType) throws {
        for value in [Float.nan, .infinity, -.infinity] {
            var weights = randomNumbers(65_536, seed: 1)
            weights[40_001] = value
            weights[65_000] = value
            #expect(throws: QuantizationError.notFinite(index: 40_001)) { try type.quantized(weights) }
            let matrix = Matrix(rows: 64, columns: 1024, values: weights)
            let threads = ThreadPool(threadCount: 2)
            #expect(throws: QuantizationError.notFinite(index: 40_001)) {
                try matrix.quantized(to: type, threads: threads)
            }
        }
    }

    @Test("numbers beyond the scales of a type are refused", arguments: writable.filter { $0 != .f32 })
    func tooLarge(type: TensorType) throws {
        var weights = randomNumbers(1024, seed: 2)
        weights[600] = Float.greatestFiniteMagnitude
        let block = 600 / type.weightsPerBlock * type.weightsPerBlock
        #expect(throws: QuantizationError.tooLarge(type, index: block)) { try type.quantized(weights) }
        // What comes close is held.
        weights[600] = type == .bf16 ? 3e38 : 60_000
        #expect(type.dequantized(try type.quantized(weights))?.allSatisfy(\.isFinite) == true)
    }

    @Test("halves are rounded to the nearest, the even one of two")
    func halves() throws {
        let cases: [(Float, UInt16)] = [
            (1, 0x3C00), (-2, 0xC000), (65_504, 0x7BFF), (65_519, 0x7BFF), (0x1p-24, 0x0001), (0x1p-25, 0x0000),
            (0x1.8p-25, 0x0001), (0x1.8p-24, 0x0002), (0x1.FF8p-15, 0x03FF), (0x1.FFCp-15, 0x0400),
            (0x1.FFEp-15, 0x0400), (1 + 0x1p-11, 0x3C00),
            (1 + 0x3p-11, 0x3C02), (-0.0, 0x8000), (0x1.FFEp0, 0x4000),
        ]
        for (number, bits) in cases {
            #expect(
                try TensorType.f16.quantized([number]) == [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)],
                "\(number)")
        }
        #expect(throws: QuantizationError.tooLarge(.f16, index: 0)) { try TensorType.f16.quantized([65_520]) }
    }

    @Test("types that cannot be written, and incomplete blocks")
    func refusals() {
        #expect(Self.writable.count == 13)
        #expect(throws: QuantizationError.unwritable(.iq4_XS)) {
            try TensorType.iq4_XS.quantized([Float](repeating: 0, count: 256))
        }
        #expect(throws: QuantizationError.incompleteBlock(.q4_K, columns: 255)) {
            try TensorType.q4_K.quantized([Float](repeating: 0, count: 255))
        }
        // The weights are enough for blocks, but not those of each row.
        #expect(throws: QuantizationError.incompleteBlock(.q8_0, columns: 16)) {
            try Matrix(rows: 4, columns: 16).quantized(to: .q8_0, threads: ThreadPool(threadCount: 1))
        }
    }
}
