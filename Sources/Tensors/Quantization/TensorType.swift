import CKernels

/// How the weights of a tensor are stored: single numbers, or blocks of small integers that share scales.
///
/// The raw values are those of ggml's `enum ggml_type`, which GGUF files use.
// swift-format-ignore: AlwaysUseLowerCamelCase
public enum TensorType: UInt32, CaseIterable, Sendable, CustomStringConvertible {
    case f32 = 0
    case f16 = 1
    case q4_0 = 2
    case q4_1 = 3
    case q5_0 = 6
    case q5_1 = 7
    case q8_0 = 8
    case q2_K = 10
    case q3_K = 11
    case q4_K = 12
    case q5_K = 13
    case q6_K = 14
    case iq4_NL = 20
    case iq4_XS = 23
    case bf16 = 30

    /// The name as ggml spells it, such as "Q4_K".
    public var name: String { "\(self)" }

    public var description: String {
        switch self {
        case .f32: "F32"
        case .f16: "F16"
        case .bf16: "BF16"
        case .q4_0: "Q4_0"
        case .q4_1: "Q4_1"
        case .q5_0: "Q5_0"
        case .q5_1: "Q5_1"
        case .q8_0: "Q8_0"
        case .q2_K: "Q2_K"
        case .q3_K: "Q3_K"
        case .q4_K: "Q4_K"
        case .q5_K: "Q5_K"
        case .q6_K: "Q6_K"
        case .iq4_NL: "IQ4_NL"
        case .iq4_XS: "IQ4_XS"
        }
    }

    /// Weights that share a block; 1 for single numbers.
    public var weightsPerBlock: Int { format.pointee.weights }

    /// Bytes of a block.
    public var bytesPerBlock: Int { format.pointee.bytes }

    /// True if the weights share scales.
    public var isQuantized: Bool { weightsPerBlock > 1 }

    /// Bytes of `count` weights; nil if they are no whole number of blocks, or too many to count their bytes.
    public func byteCount(weights count: Int) -> Int? {
        guard count >= 0, count.isMultiple(of: weightsPerBlock) else { return nil }
        let (bytes, overflow) = (count / weightsPerBlock).multipliedReportingOverflow(by: bytesPerBlock)
        return overflow ? nil : bytes
    }

    var format: UnsafePointer<ck_block_format> {
        guard let format = ck_block_format_for(rawValue) else {
            preconditionFailure("no kernel for \(self)")
        }
        return format
    }
}
