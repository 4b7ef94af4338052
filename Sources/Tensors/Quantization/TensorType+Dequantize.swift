import CKernels

extension TensorType {
    /// The weights that whole blocks stand for, as ggml computes them, bit by bit; nil if `bytes` end within a block.
    ///
    /// Infinite and NaN scales give what IEEE 754 says: `firstNonFiniteScale` finds them.
    public func dequantized(_ bytes: [UInt8]) -> [Float]? {
        guard bytes.count.isMultiple(of: bytesPerBlock) else { return nil }
        let blocks = bytes.count / bytesPerBlock
        // A block is never longer than its floats, so this cannot overflow for bytes that are in memory.
        return [Float](unsafeUninitializedCapacity: blocks * weightsPerBlock) { weights, count in
            bytes.withUnsafeBytes { bytes in
                if let from = bytes.baseAddress, let to = weights.baseAddress {
                    dequantize(from, blocks: blocks, to: to)
                }
            }
            count = blocks * weightsPerBlock
        }
    }

    /// The first block whose scale is infinite or NaN, counted from 0; nil if there is none.
    ///
    /// For the types that are not quantised every number is its own scale.
    public func firstNonFiniteScale(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.flatMap { firstNonFiniteScale($0, blocks: bytes.count / bytesPerBlock) }
        }
    }

    /// Writes the weights of some blocks.
    func dequantize(_ from: UnsafeRawPointer, blocks: Int, to: UnsafeMutablePointer<Float>) {
        format.pointee.dequantize(from.assumingMemoryBound(to: UInt8.self), blocks, to)
    }

    func firstNonFiniteScale(_ from: UnsafeRawPointer, blocks: Int) -> Int? {
        let block = ck_first_non_finite_scale(format, from.assumingMemoryBound(to: UInt8.self), blocks)
        return block < 0 ? nil : block
    }
}
