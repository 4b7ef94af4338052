import CKernels
import Synchronization

extension TensorType {
    /// Whether weights of this type can be made from floats; all types can be read.
    public var canQuantize: Bool { ck_can_quantize(rawValue) != 0 }

    /// Blocks that come near to the given weights, which must be a whole number of blocks.
    ///
    /// F16, BF16 and the types with blocks of 32 are what the gguf package makes, bit by bit. Scales of the K types are
    /// searched for, so that the sum of squared errors is small. All kernels give the same bytes.
    public func quantized(_ weights: [Float], kernels: Kernels = .best) throws(QuantizationError) -> [UInt8] {
        try weights.withUnsafeBufferPointer { (buffer) throws(QuantizationError) in
            guard let from = buffer.baseAddress else { return [] }
            return try quantized(from, count: buffer.count, columns: buffer.count, kernels: kernels, threads: nil)
        }
    }

    /// Blocks of `count` weights in rows of `columns`.
    fileprivate func quantized(
        _ from: UnsafePointer<Float>, count: Int, columns: Int, kernels: Kernels, threads: ThreadPool?
    ) throws(QuantizationError) -> [UInt8] {
        guard canQuantize else { throw .unwritable(self) }
        guard columns.isMultiple(of: weightsPerBlock), let byteCount = byteCount(weights: count) else {
            throw .incompleteBlock(self, columns: columns)
        }
        let blocks = count / weightsPerBlock
        let step = max(1, Self.weightsPerPiece / weightsPerBlock)
        let pieces = (blocks + step - 1) / step
        let firstNotFinite = Atomic(Int.max)
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
            initialized = byteCount
            guard let to = buffer.baseAddress else { return }
            let quantize = { (piece: Int, _: Int) in
                let start = piece * step
                let length = min(step, blocks - start)
                let weights = from + start * weightsPerBlock
                let wrong = ck_first_non_finite(weights, length * weightsPerBlock)
                if wrong >= 0 { firstNotFinite.min(start * weightsPerBlock + wrong, ordering: .relaxed) }
                ck_quantize(rawValue, kernels.implementation, weights, length, to + start * bytesPerBlock)
            }
            if let threads {
                threads.run(count: pieces, body: quantize)
            } else {
                for piece in 0..<pieces { quantize(piece, 0) }
            }
        }
        let notFinite = firstNotFinite.load(ordering: .relaxed)
        guard notFinite == .max else { throw .notFinite(index: notFinite) }
        if let block = firstNonFiniteScale(bytes) { throw .tooLarge(self, index: block * weightsPerBlock) }
        return bytes
    }

    /// Enough for a thread to be worth waking, few enough to spread evenly.
    private static let weightsPerPiece = 16_384
}

extension Matrix {
    /// The rows in blocks of a type, one row after the other, made by all threads.
    public func quantized(to type: TensorType, threads: ThreadPool) throws(QuantizationError) -> [UInt8] {
        try type.quantized(
            pointer, count: rows * columns, columns: columns, kernels: threads.kernels, threads: threads)
    }
}

extension Kernels {
    fileprivate var implementation: ck_implementation {
        switch name {
        case "avx512": CK_AVX512
        case "avx2": CK_AVX2
        default: CK_PLAIN
        }
    }
}
