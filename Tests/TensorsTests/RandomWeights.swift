import Tensors

/// Random weights of any type, as they are stored and as numbers.
struct RandomWeights {
    struct Failure: Error {}

    let matrix: WeightMatrix
    let values: [Float]

    init(_ type: TensorType, rows: Int, columns: Int, seed: UInt64) throws {
        let random = randomNumbers(rows * columns, seed: seed)
        var bytes: [UInt8] = []
        if type.isQuantized {
            let count = type.byteCount(weights: rows * columns) ?? 0
            bytes = (0..<count).map { UInt8(truncatingIfNeeded: random[$0 % random.count].bitPattern >> 7) }
            for block in stride(from: 0, to: count, by: type.bytesPerBlock) {
                for offset in Self.scaleOffsets(type) {
                    // 16-bit floats of either sign from 2^-7 on, below 2^-3.
                    let bits =
                        UInt16(truncatingIfNeeded: random[(block + offset) % random.count].bitPattern >> 7) & 0x8FFF
                        | 0x2000
                    bytes[block + offset] = UInt8(truncatingIfNeeded: bits)
                    bytes[block + offset + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                }
            }
        } else {
            for number in random {
                // The same exponents in all three: 16-bit floats have the fewest.
                let bits = number.bitPattern
                switch type {
                case .f32: withUnsafeBytes(of: bits.littleEndian) { bytes += $0 }
                case .bf16: bytes += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 24)]
                default:
                    bytes += [UInt8(truncatingIfNeeded: bits >> 3), UInt8(bits >> 24 & 0x80 | 0x30 | bits >> 11 & 7)]
                }
            }
        }
        guard let values = type.dequantized(bytes),
            let matrix = WeightMatrix(rows: rows, columns: columns, type: type, stored: bytes)
        else { throw Failure() }
        self.values = values
        self.matrix = matrix
    }

    /// Where the 16-bit scales of a block lie.
    private static func scaleOffsets(_ type: TensorType) -> [Int] {
        switch type {
        case .q4_1, .q5_1, .q4_K, .q5_K: [0, 2]
        case .q2_K: [80, 82]
        case .q3_K: [108]
        case .q6_K: [208]
        default: [0]
        }
    }

    /// Activations that share a scale when they are rounded to eight bits; nil where they are not.
    private var sharing: Int? {
        switch matrix.type {
        case .q4_0, .q8_0: 32
        case .q4_K, .q5_K, .q6_K: 256
        default: nil
        }
    }

    /// The product of a row with one output in double precision, and how far off it a result may be: half a step of
    /// the rounded activations for each weight, and what 32-bit sums cost.
    func product(_ x: [Float], output: Int) -> (exact: Double, bound: Double) {
        let w = values[(output * x.count)..<((output + 1) * x.count)]
        var (exact, size, rounding) = (0.0, 0.0, 0.0)
        for (number, weight) in zip(x, w) {
            exact += Double(number) * Double(weight)
            size += abs(Double(number) * Double(weight))
        }
        if let sharing {
            for first in stride(from: 0, to: x.count, by: sharing) {
                let range = first..<min(x.count, first + sharing)
                let step = Double(x[range].reduce(0) { max($0, abs($1)) }) / 127
                rounding += range.reduce(0) { $0 + abs(Double(w[w.startIndex + $1])) } * step / 2
                // Scales and minimums of k-quants are summed apart.
                size += Double(x[range].reduce(0) { $0 + abs($1) }) * 4
            }
        }
        return (exact, rounding * 1.001 + 1e-6 * size + 1e-36)
    }
}
