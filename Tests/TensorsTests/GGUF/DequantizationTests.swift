import Tensors
import TestSupport
import Testing

@Suite("Dequantisation")
struct DequantizationTests {
    private static let types = TensorType.allCases.filter { $0 != .f32 }

    @Test("every type gives the same bits as the gguf package", arguments: types)
    func goldens(type: TensorType) throws {
        let goldens = try SafetensorsFile(path: Repository.reference("gguf/quant-blocks.safetensors"))
        let raw = try goldens.tensor("\(type).raw").integers().map { UInt8($0) }
        let expected = try goldens.tensor("\(type).f32").floats()
        let found = try #require(type.dequantized(raw))
        #expect(found.count == expected.count && found.count == 2 * (type.isQuantized ? 2048 : 128))
        #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
        #expect(type.firstNonFiniteScale(raw) == nil)
    }

    @Test("all 65,536 half-precision and bfloat16 numbers")
    func allSixteenBits() throws {
        let numbers = (0...UInt16.max).flatMap { GGUFBytes.number($0) }
        let bfloats = try #require(TensorType.bf16.dequantized(numbers))
        #expect(bfloats.enumerated().allSatisfy { $1.bitPattern == UInt32($0) << 16 })
        let halves = try #require(TensorType.f16.dequantized(numbers))
        let wrong = halves.enumerated().filter { bits, found in
            let (exponent, fraction) = (bits >> 10 & 31, Double(bits & 1023) / 1024)
            guard (found.sign == .minus) == (bits >= 0x8000) else { return true }
            if exponent == 31 { return fraction == 0 ? !found.isInfinite : !found.isNaN }
            let significand = exponent == 0 ? fraction : 1 + fraction
            return Double(found.magnitude)
                != Double(sign: .plus, exponent: max(exponent, 1) - 15, significand: significand)
        }
        #expect(halves.count == 65_536 && wrong.isEmpty)
    }

    @Test("scales that are not finite are found wherever a block has them", arguments: TensorType.allCases)
    func notFinite(type: TensorType) {
        // Bytes of ones alone cannot form an exponent of ones by chance: only what is written below is not finite.
        let blocks = 5
        var found: Set<Int> = []
        for offset in 0..<(type.bytesPerBlock - 1) {
            var bytes = [UInt8](repeating: 0x11, count: blocks * type.bytesPerBlock)
            bytes[3 * type.bytesPerBlock + offset] = 0x80
            bytes[3 * type.bytesPerBlock + offset + 1] = 0x7F
            if let block = type.firstNonFiniteScale(bytes) {
                #expect(block == 3)
                found.insert(offset)
            }
        }
        let expected: [Int] =
            switch type {
            case .f32: [2]
            case .q4_1, .q5_1, .q4_K, .q5_K: [0, 2]
            case .q2_K: [80, 82]
            case .q3_K: [108]
            case .q6_K: [208]
            default: [0]
            }
        #expect(found.sorted() == expected)
    }

    @Test("sizes")
    func sizes() {
        #expect(TensorType.q4_K.byteCount(weights: 5120) == 2880)
        #expect(TensorType.q4_K.byteCount(weights: 128) == nil)
        #expect(TensorType.q4_K.byteCount(weights: -256) == nil)
        #expect(TensorType.f32.byteCount(weights: 1 << 62) == nil)
        #expect(TensorType.q8_0.dequantized([UInt8](repeating: 0, count: 35)) == nil)
        #expect(TensorType.q8_0.dequantized([]) == [])
        #expect(TensorType.allCases.map(\.name).contains("IQ4_XS"))
    }
}
