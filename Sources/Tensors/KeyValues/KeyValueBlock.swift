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

    /// The first `count` keys (headDimension, 128) and values (128, headDimension) as 32-bit numbers: where they lie, or
    /// in the scratch memory. What lies behind `count` is unspecified.
    func widened(
        count: Int, scratch: UnsafeMutablePointer<Float>
    ) -> (keys: UnsafePointer<Float>, values: UnsafePointer<Float>) {
        let positions = KeyValueLayout.positions
        let (wideKeys, wideValues) = (scratch, scratch + positions * dimension)
        switch layout.format {
        case .float32:
            return (UnsafePointer(keys(as: Float.self)), UnsafePointer(values(as: Float.self)))
        case .float16:
            let columns = (count + 31) / 32 * 32
            if columns == positions {
                kernels.pointee.from_f16(keys(as: UInt16.self), wideKeys, positions * dimension)
            } else {
                for row in 0..<dimension {
                    let place = row * positions
                    kernels.pointee.from_f16(keys(as: UInt16.self) + place, wideKeys + place, columns)
                }
            }
            kernels.pointee.from_f16(values(as: UInt16.self), wideValues, count * dimension)
        case .quantized8:
            ck_widen_keys_q8(kernels, keys(as: Int8.self), keyScales, dimension, count, wideKeys)
            ck_widen_values_q8(kernels, values(as: Int8.self), valueScales, dimension, count, wideValues)
        }
        return (UnsafePointer(wideKeys), UnsafePointer(wideValues))
    }

    /// Floats of scratch memory for `widened`.
    static func scratchCount(_ layout: KeyValueLayout) -> Int {
        layout.format == .float32 ? 0 : 2 * KeyValueLayout.positions * layout.headDimension
    }
}
