/// exp of many numbers, none of them above 0: a loop over it becomes vector code, unlike one over the C library's; and
/// it is the same on every machine.
///
/// By reduction to [-ln 2 / 2, ln 2 / 2] and the polynomial of the Cephes library (expf, public domain); the error is
/// below 2^-22 of the value. Below -87, where 32 bits hold no normal numbers, it is 0.
enum Exponential {
    static let lowest: Float = -87

    @inline(__always)
    static func of(_ x: Float) -> Float {
        // Rounds to a whole number in its lowest bits.
        let magic: Float = 12_582_912
        let clamped = x > lowest ? x : lowest
        let shifted = clamped * 1.442_695_04 + magic
        let power = shifted - magic
        let r = (clamped - power * 0.693_359_375) + power * 2.121_944_4e-4
        var sum: Float = 1.987_569_15e-4
        sum = sum * r + 1.398_199_9e-3
        sum = sum * r + 8.333_452e-3
        sum = sum * r + 4.166_579_6e-2
        sum = sum * r + 1.666_666_5e-1
        sum = sum * r + 0.5
        sum = sum * r * r + r + 1
        let scale = Float(bitPattern: (shifted.bitPattern &+ 127) << 23)
        return x >= lowest ? sum * scale : 0
    }

    /// The sum of exp(number - largest) over all, in 64 bits and in their order.
    static func sum(_ numbers: Span<Float>, largest: Float) -> Double {
        var sum = 0.0
        // Apart from the sum, whose order does not allow it, the loop becomes vector code.
        var powers = [Float](repeating: 0, count: 1024)
        var start = 0
        while start < numbers.count {
            let part = numbers.extracting(start..<min(start + powers.count, numbers.count))
            var target = powers.mutableSpan
            for index in 0..<min(part.count, target.count) { target[index] = of(part[index] - largest) }
            for index in 0..<part.count { sum += Double(powers[index]) }
            start += part.count
        }
        return sum
    }
}
