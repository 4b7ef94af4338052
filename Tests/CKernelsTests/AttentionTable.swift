import CKernels
import Testing

/// An implementation of attention under its name, as a test argument.
struct AttentionTable: CustomTestStringConvertible, @unchecked Sendable {
    let pointer: UnsafePointer<ck_attention>

    var kernels: ck_attention { pointer.pointee }
    var testDescription: String { String(cString: kernels.name) }

    static let plain = AttentionTable(pointer: ck_attention_for(CK_PLAIN) ?? ck_attention_best())

    /// The vector implementations that this processor has.
    static let vectors: [AttentionTable] = [CK_AVX2, CK_AVX512].compactMap { implementation in
        ck_attention_for(implementation).map { AttentionTable(pointer: $0) }
    }

    static let all = [plain] + vectors

    func toF16(_ numbers: [Float]) -> [UInt16] {
        var result = [UInt16](repeating: 0, count: numbers.count)
        kernels.to_f16(numbers, &result, numbers.count)
        return result
    }

    func fromF16(_ numbers: [UInt16]) -> [Float] {
        var result = [Float](repeating: .nan, count: numbers.count)
        kernels.from_f16(numbers, &result, numbers.count)
        return result
    }
}

/// Memory that stays where it is, for structs of pointers.
final class Buffer {
    let pointer: UnsafeMutablePointer<Float>
    private let count: Int

    init(_ count: Int, filledWith number: Float) {
        pointer = .allocate(capacity: count)
        pointer.initialize(repeating: number, count: count)
        self.count = count
    }

    deinit { pointer.deallocate() }

    var numbers: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}
