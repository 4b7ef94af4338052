/// A set of code points: ranges, general categories and properties together, or all but those.
struct CodePointSet {
    private(set) var ranges: [ClosedRange<UInt32>] = []
    private var categories: UInt32 = 0
    private var properties: [(property: UnicodeProperty, isNegated: Bool)] = []
    private var isNegated = false
    /// Membership of the first 128 code points, known once the set is sealed.
    private var ascii: (low: UInt64, high: UInt64) = (0, 0)

    static let lineTerminators: [ClosedRange<UInt32>] = [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]
    static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    static let wordCharacters: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    /// WhiteSpace and LineTerminator of ECMA-262.
    static let whitespace: [ClosedRange<UInt32>] = [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ]

    init() {}

    init(_ ranges: [ClosedRange<UInt32>], negated: Bool = false) {
        self.ranges = ranges
        isNegated = negated
        seal()
    }

    static func single(_ codePoint: UInt32) -> CodePointSet { CodePointSet([codePoint...codePoint]) }

    mutating func insert(_ added: [ClosedRange<UInt32>]) { ranges += added }
    mutating func insert(complementOf removed: [ClosedRange<UInt32>]) { ranges += Self.complement(removed) }
    mutating func insert(categories added: UInt32) { categories |= added }
    mutating func insert(_ property: UnicodeProperty, negated: Bool) { properties.append((property, negated)) }
    mutating func negate() { isNegated.toggle() }

    /// Sorts the ranges, joins those that touch and works out the table for ASCII.
    mutating func seal() {
        ranges = Self.sorted(ranges)
        ascii = (0, 0)
        for value in UInt32(0)..<64 {
            if computes(value) { ascii.low |= 1 << UInt64(value) }
            if computes(value + 64) { ascii.high |= 1 << UInt64(value) }
        }
    }

    func contains(_ codePoint: UInt32) -> Bool {
        if codePoint < 64 { return ascii.low >> UInt64(codePoint) & 1 == 1 }
        if codePoint < 128 { return ascii.high >> UInt64(codePoint - 64) & 1 == 1 }
        return computes(codePoint)
    }

    private func computes(_ codePoint: UInt32) -> Bool { holds(codePoint) != isNegated }

    private func holds(_ codePoint: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < codePoint { low = middle + 1 } else { high = middle }
        }
        if low < ranges.count, ranges[low].contains(codePoint) { return true }
        guard categories != 0 || !properties.isEmpty, let scalar = Unicode.Scalar(codePoint) else { return false }
        if categories != 0, categories & scalar.properties.generalCategory.bit != 0 { return true }
        return properties.contains { $0.property.holds(for: scalar) != $0.isNegated }
    }

    private static func sorted(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in sorted(ranges) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }
}
