import CKernels

/// One implementation of the inner loops: plain C, AVX2 or AVX-512.
public struct Kernels: @unchecked Sendable {
    // The table is constant data of the C module, so it may be read from every thread.
    let table: UnsafePointer<ck_kernels>

    /// "plain", "avx2" or "avx512".
    public var name: String { String(cString: table.pointee.name) }

    /// The fastest implementation that this processor has.
    public static let best = Kernels(table: ck_kernels_best())

    /// All implementations that this processor has, the plain one first.
    public static let available: [Kernels] = [CK_PLAIN, CK_AVX2, CK_AVX512].compactMap { implementation in
        ck_kernels_for(implementation).map { Kernels(table: $0) }
    }
}
