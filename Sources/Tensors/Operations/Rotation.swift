import CKernels

/// The rotations of a table, by pointers that are valid while the table is.
struct Rotation {
    private let kernels: UnsafePointer<ck_attention>
    private let cosines: UnsafePointer<Float>
    private let sines: UnsafePointer<Float>
    private let half: Int
    private let pairs: RotaryPairs
    private let queryFactors: [Float]?

    init(_ table: RotaryTable, kernels: Kernels) {
        self.kernels = kernels.attention
        cosines = table.cosines.pointer
        sines = table.sines.pointer
        half = table.cosines.columns
        pairs = table.pairs
        queryFactors = table.queryFactors
    }

    /// Rotates one head in place, as the row `row` of the table says.
    func rotate(_ head: UnsafeMutablePointer<Float>, row: Int) {
        let (cosine, sine) = (cosines + row * half, sines + row * half)
        switch pairs {
        case .halves: kernels.pointee.rotate_halves(head, cosine, sine, half)
        case .adjacent: kernels.pointee.rotate_adjacent(head, cosine, sine, half)
        }
    }

    /// What the queries of a row are multiplied by.
    func queryFactor(row: Int) -> Float { queryFactors?[row] ?? 1 }
}
