import CKernels
import Testing

/// A table of kernels under its name, as a test argument.
struct KernelTable: CustomTestStringConvertible, @unchecked Sendable {
    let kernels: ck_kernels

    var testDescription: String { String(cString: kernels.name) }

    static let plain = KernelTable(kernels: ck_kernels_for(CK_PLAIN)?.pointee ?? ck_kernels_best().pointee)

    /// The vector implementations that this processor has.
    static let vectors: [KernelTable] = [CK_AVX2, CK_AVX512].compactMap { implementation in
        ck_kernels_for(implementation).map { KernelTable(kernels: $0.pointee) }
    }

    static let all = [plain] + vectors
}

/// Random numbers that are the same in every run.
struct Numbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Numbers between -spread and spread.
    mutating func floats(_ count: Int, spread: Float = 1) -> [Float] {
        (0..<count).map { _ in (Float(next() >> 40) * 0x1p-23 - 1) * spread }
    }
}

/// The largest difference, relative to the larger of 1 and the expected number; infinite for different lengths or NaN.
func largestError(_ found: [Float], _ expected: [Float]) -> Float {
    guard found.count == expected.count else { return .infinity }
    var largest: Float = 0
    for (a, b) in zip(found, expected) {
        let error = abs(a - b) / max(1, abs(b))
        guard !error.isNaN else { return .infinity }
        largest = max(largest, error)
    }
    return largest
}
