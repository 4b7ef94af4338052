/// A set of Unicode scalars as sorted, disjoint ranges that do not touch. Surrogates are never in it.
struct ScalarSet: Hashable, Sendable {
    private(set) var ranges: [ClosedRange<UInt32>]

    static let empty = ScalarSet(sorted: [])
    static let all = ScalarSet(sorted: [0...0xD7FF, 0xE000...0x10FFFF])

    /// The scalars of `ranges`, which may overlap and come in any order.
    init(_ ranges: some Sequence<ClosedRange<UInt32>>) {
        var clipped: [ClosedRange<UInt32>] = []
        for range in ranges {
            for part in Self.all.ranges where part.overlaps(range) { clipped.append(range.clamped(to: part)) }
        }
        if clipped.count > 1 { clipped.sort { $0.lowerBound < $1.lowerBound } }
        self.ranges = Self.joined(clipped)
    }

    init(_ scalar: UInt32) { self.init(CollectionOfOne(scalar...scalar)) }

    private init(sorted ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

    var isEmpty: Bool { ranges.isEmpty }

    func contains(_ scalar: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(scalar)
    }

    func union(_ other: ScalarSet) -> ScalarSet {
        if other.isEmpty { return self }
        if isEmpty { return other }
        var merged: [ClosedRange<UInt32>] = []
        merged.reserveCapacity(ranges.count + other.ranges.count)
        var (left, right) = (0, 0)
        while left < ranges.count || right < other.ranges.count {
            let takesLeft =
                right == other.ranges.count
                || left < ranges.count && ranges[left].lowerBound <= other.ranges[right].lowerBound
            merged.append(takesLeft ? ranges[left] : other.ranges[right])
            if takesLeft { left += 1 } else { right += 1 }
        }
        return ScalarSet(sorted: Self.joined(merged))
    }

    /// All scalars that are not in this set.
    func inverted() -> ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if next < range.lowerBound { gaps.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return ScalarSet(gaps)
    }

    func intersection(_ other: ScalarSet) -> ScalarSet {
        inverted().union(other.inverted()).inverted()
    }

    func subtracting(_ other: ScalarSet) -> ScalarSet {
        inverted().union(other).inverted()
    }

    /// Sorted ranges with those that overlap or touch made one.
    private static func joined(_ sorted: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        result.reserveCapacity(sorted.count)
        for range in sorted {
            if let last = result.last, range.lowerBound <= last.upperBound + 1 {
                if range.upperBound > last.upperBound {
                    result[result.count - 1] = last.lowerBound...range.upperBound
                }
            } else {
                result.append(range)
            }
        }
        return result
    }
}
