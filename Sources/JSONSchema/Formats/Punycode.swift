/// Unicode in letters, digits and hyphens (RFC 3492), for labels of bounded length.
enum Punycode {
    private static let base = 36
    private static let maximumDelta = 1 << 40

    static func decode(_ text: [UInt8]) -> [Unicode.Scalar]? {
        var output: [UInt32] = []
        var rest = text[...]
        if let delimiter = text.lastIndex(of: UInt8(ascii: "-")) {
            output = text[..<delimiter].map(UInt32.init)
            rest = text[(delimiter + 1)...]
        }
        var (codePoint, index, bias) = (128, 0, 72)
        while !rest.isEmpty {
            let oldIndex = index
            var (weight, k) = (1, base)
            while true {
                guard let digit = rest.popFirst().flatMap(value), weight < maximumDelta else { return nil }
                index += digit * weight
                let threshold = min(max(k - bias, 1), 26)
                if digit < threshold { break }
                weight *= base - threshold
                k += base
            }
            let count = output.count + 1
            bias = adapt(index - oldIndex, count: count, isFirst: oldIndex == 0)
            codePoint += index / count
            index %= count
            guard codePoint <= 0x10FFFF else { return nil }
            output.insert(UInt32(codePoint), at: index)
            index += 1
        }
        let scalars = output.compactMap(Unicode.Scalar.init)
        return scalars.count == output.count ? scalars : nil
    }

    static func encode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
        var output = scalars.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basicCount = output.count
        var handled = basicCount
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var (codePoint, delta, bias) = (128, 0, 72)
        while handled < scalars.count {
            guard let next = scalars.map({ Int($0.value) }).filter({ $0 >= codePoint }).min() else { return nil }
            delta += (next - codePoint) * (handled + 1)
            codePoint = next
            for scalar in scalars {
                if scalar.value < codePoint { delta += 1 }
                guard scalar.value == codePoint else { continue }
                append(delta, bias, to: &output)
                bias = adapt(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            codePoint += 1
        }
        return output
    }

    private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
        var (rest, k) = (delta, base)
        while true {
            let threshold = min(max(k - bias, 1), 26)
            if rest < threshold { break }
            output.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            k += base
        }
        output.append(digit(rest))
    }

    private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var k = 0
        while delta > 455 {
            delta /= 35
            k += base
        }
        return k + 36 * delta / (delta + 38)
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(value < 26 ? Int(UInt8(ascii: "a")) + value : Int(UInt8(ascii: "0")) + value - 26)
    }

    private static func value(_ digit: UInt8) -> Int? {
        if digit.isLetter { return Int((digit | 0x20) - UInt8(ascii: "a")) }
        return digit.isDigit ? Int(digit - UInt8(ascii: "0")) + 26 : nil
    }
}
