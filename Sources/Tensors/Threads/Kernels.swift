import CKernels

/// One implementation of the inner loops: plain C, AVX2 or AVX-512.
public struct Kernels: @unchecked Sendable {
    // The tables are constant data of the C module, so they may be read from every thread.
    let table: UnsafePointer<ck_kernels>
    let attention: UnsafePointer<ck_attention>

    /// "plain", "avx2" or "avx512".
    public var name: String { String(cString: table.pointee.name) }

    /// The fastest implementation that this processor has.
    public static let best = Kernels(table: ck_kernels_best(), attention: ck_attention_best())

    /// All implementations that this processor has, the plain one first.
    public static let available: [Kernels] = [CK_PLAIN, CK_AVX2, CK_AVX512].compactMap { implementation in
        guard let table = ck_kernels_for(implementation), let attention = ck_attention_for(implementation) else {
            return nil
        }
        return Kernels(table: table, attention: attention)
    }
}
