import CKernels
import Testing

@Suite("Number formats of the key-value cache")
struct CacheFormatTests {
    @Test("every half is widened exactly and comes back", arguments: AttentionTable.all)
    func halves(table: AttentionTable) {
        let halves = (0...UInt16.max).filter { $0 & 0x7FFF < 0x7C00 }
        let wide = table.fromF16(halves)
        #expect(table.toF16(wide) == halves)
        #expect(
            zip(halves, wide).allSatisfy { half, number in
                let (exponent, fraction) = (Int(half >> 10 & 31), Float(half & 1023))
                let magnitude =
                    exponent == 0
                    ? fraction * 0x1p-24
                    : (1024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
                return number == (half >> 15 == 1 ? -magnitude : magnitude)
            })
        #expect(table.fromF16([0x7C00, 0xFC00]) == [.infinity, -.infinity])
        #expect(table.fromF16([0x7C01, 0x7E00]).allSatisfy { $0.isNaN })
    }

    @Test("floats are rounded alike, to the nearest half", arguments: AttentionTable.vectors)
    func rounding(table: AttentionTable) {
        var numbers = Numbers(seed: 3)
        // All magnitudes, and the middles between halves with their neighbours.
        var floats = (0..<100_000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: numbers.next())) }
            .filter { !$0.isNaN }
        for half in stride(from: UInt16(0), to: 0x7BFF, by: 7) {
            let pair = AttentionTable.plain.fromF16([half, half + 1])
            let middle = (pair[0] + pair[1]) / 2
            floats += [middle, middle.nextUp, middle.nextDown, -middle]
        }
        #expect(table.toF16(floats) == AttentionTable.plain.toF16(floats))
    }

    @Test("what is too large for a half becomes the largest; NaN stays", arguments: AttentionTable.all)
    func large(table: AttentionTable) {
        for count in [1, 8, 40] {
            #expect(table.toF16(Array(repeating: .infinity, count: count)) == Array(repeating: 0x7BFF, count: count))
            #expect(table.toF16(Array(repeating: -1e6, count: count)) == Array(repeating: 0xFBFF, count: count))
            #expect(table.fromF16(table.toF16(Array(repeating: .nan, count: count))).allSatisfy { $0.isNaN })
        }
    }

    @Test("Q8_0 is good to 1/250 of the largest number of a block, the same in all implementations")
    func quantized() {
        var numbers = Numbers(seed: 4)
        for (dimension, spread) in [(32, Float(1)), (64, 1e-3), (128, 300), (96, 0)] {
            let x = numbers.floats(dimension, spread: spread)
            let results = AttentionTable.all.map { table -> [Float] in
                let value = widenedValue(x, table)
                #expect(value == widenedKey(x, at: 77, table), "\(dimension)")
                return value
            }
            #expect(results.allSatisfy { $0 == results[0] })
            for first in stride(from: 0, to: dimension, by: 32) {
                let largest = x[first..<(first + 32)].map(abs).max() ?? 0
                for i in first..<(first + 32) { #expect(abs(results[0][i] - x[i]) <= largest / 250) }
            }
        }
        // Far too large or no numbers: bounded, and not hidden.
        for table in AttentionTable.all {
            #expect(widenedValue([Float](repeating: 1e30, count: 32), table).allSatisfy { $0 > 1e6 && $0.isFinite })
            #expect(widenedValue([.nan] + [Float](repeating: 1, count: 31), table).allSatisfy { $0.isNaN })
        }
    }

    private func widenedValue(_ x: [Float], _ table: AttentionTable) -> [Float] {
        var (bytes, scales) = ([Int8](repeating: 0, count: x.count), [UInt16](repeating: 0, count: x.count / 32))
        ck_put_value_q8(table.pointer, x, x.count, &bytes, &scales)
        var wide = [Float](repeating: .nan, count: x.count)
        table.kernels.widen_values_q8(bytes, scales, x.count, &wide)
        return wide
    }

    private func widenedKey(_ x: [Float], at place: Int, _ table: AttentionTable) -> [Float] {
        let size = Int(CK_BLOCK_KEYS)
        var bytes = [Int8](repeating: 1, count: x.count * size)
        var scales = [UInt16](repeating: 0x3C00, count: x.count / 32 * size)
        bytes.withUnsafeMutableBufferPointer { bytes in
            scales.withUnsafeMutableBufferPointer { scales in
                guard let bytes = bytes.baseAddress, let scales = scales.baseAddress else { return }
                ck_put_key_q8(table.pointer, x, x.count, bytes + place, scales + place)
            }
        }
        var wide = [Float](repeating: .nan, count: x.count * size)
        table.kernels.widen_keys_q8(bytes, scales, x.count, size, &wide)
        // The keys beside it are as they were.
        #expect((0..<x.count).allSatisfy { wide[$0 * size + place - 1] == 1 && wide[$0 * size + place + 1] == 1 })
        return (0..<x.count).map { wide[$0 * size + place] }
    }
}
