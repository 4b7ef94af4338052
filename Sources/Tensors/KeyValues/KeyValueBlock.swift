import CKernels

/// Keys and values of one head of one layer in one page: by pointers that the caller keeps valid.
struct KeyValueBlock {
    let kernels: UnsafePointer<ck_attention>
    let layout: KeyValueLayout
    let bytes: UnsafeMutableRawPointer

    init(_ page: UnsafeMutableRawPointer, layer: Int, head: Int, layout: KeyValueLayout, kernels: Kernels) {
        self.kernels = kernels.attention
        self.layout = layout
        bytes = page + layout.offset(layer: layer, head: head)
    }

    private var dimension: Int { layout.headDimension }

    private func keys<Number>(as type: Number.Type) -> UnsafeMutablePointer<Number> {
        bytes.assumingMemoryBound(to: type)
    }

    private func values<Number>(as type: Number.Type) -> UnsafeMutablePointer<Number> {
        (bytes + layout.valuesOffset).assumingMemoryBound(to: type)
    }

    private var keyScales: UnsafeMutablePointer<UInt16> {
        (bytes + layout.keyScalesOffset).assumingMemoryBound(to: UInt16.self)
    }

    private var valueScales: UnsafeMutablePointer<UInt16> {
        (bytes + layout.valueScalesOffset).assumingMemoryBound(to: UInt16.self)
    }

    /// Stores a key and a value (headDimension) at a place below 128.
    func put(key: UnsafePointer<Float>, value: UnsafePointer<Float>, at place: Int) {
        let row = place * dimension
        switch layout.format {
        case .float32:
            ck_put_key_f32(key, dimension, keys(as: Float.self) + place)
            (values(as: Float.self) + row).update(from: value, count: dimension)
        case .float16:
            ck_put_key_f16(kernels, key, dimension, keys(as: UInt16.self) + place)
            kernels.pointee.to_f16(value, values(as: UInt16.self) + row, dimension)
        case .quantized8:
            ck_put_key_q8(kernels, key, dimension, keys(as: Int8.self) + place, keyScales + place)
            ck_put_value_q8(
                kernels, value, dimension, values(as: Int8.self) + row,
                valueScales + place * (dimension / KeyValueFormat.scaled))
        }
    }

    /// Keys and values as the kernels take them.
    struct Numbers {
        let keys: UnsafeRawPointer  // (headDimension, 128)
        let values: UnsafeRawPointer  // (128, headDimension)
        let kind: ck_numbers
    }

    /// The first `count` keys and values, where they lie or widened into the scratch memory; both give the same
    /// results. What lies behind `count` is unspecified.
    ///
    /// - Parameter queries: how many will meet them: for many it pays to widen them once.
    func numbers(count: Int, queries: Int, scratch: UnsafeMutablePointer<Float>) -> Numbers {
        let positions = KeyValueLayout.positions
        let (wideKeys, wideValues) = (scratch, scratch + positions * dimension)
        switch layout.format {
        case .float32:
            return Numbers(keys: bytes, values: values(as: Float.self), kind: CK_NUMBERS_F32)
        case .float16:
            guard queries > Self.fewQueries else {
                return Numbers(keys: bytes, values: values(as: UInt16.self), kind: CK_NUMBERS_F16)
            }
            kernels.pointee.from_f16(keys(as: UInt16.self), wideKeys, positions * dimension)
            kernels.pointee.from_f16(values(as: UInt16.self), wideValues, count * dimension)
        case .quantized8:
            kernels.pointee.widen_keys_q8(keys(as: Int8.self), keyScales, dimension, count, wideKeys)
            kernels.pointee.widen_values_q8(values(as: Int8.self), valueScales, count * dimension, wideValues)
        }
        return Numbers(keys: wideKeys, values: wideValues, kind: CK_NUMBERS_F32)
    }

    private static let fewQueries = 6

    /// Floats of scratch memory for `numbers`.
    static func scratchCount(_ layout: KeyValueLayout) -> Int {
        layout.format == .float32 ? 0 : 2 * KeyValueLayout.positions * layout.headDimension
    }
}
