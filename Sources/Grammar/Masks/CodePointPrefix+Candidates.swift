extension CodePointPrefix {
    /// The code points that the bytes so far can still become: at most three ranges.
    var candidates: ScalarCandidates {
        var ranges: InlineArray<3, ClosedRange<UInt32>> = [0...0, 0...0, 0...0]
        var count = 0
        _ = containsRange { range in
            ranges[count] = range
            count += 1
            return false
        }
        return switch count {
        case 1: ScalarCandidates(ranges[0])
        case 2: ScalarCandidates(ranges[0], ranges[1])
        default: ScalarCandidates(ranges[0], ranges[1], ranges[2])
        }
    }

    /// Bytes still due to complete `scalar`, one of the candidates.
    func remainingCount(for scalar: UInt32) -> Int {
        escapeLength.map { CanonicalBytes.count(of: scalar) - $0 } ?? remaining
    }

    /// The bytes still due to complete `scalar`, one of the candidates.
    func remainingBytes(for scalar: UInt32) -> Slice<CanonicalBytes> {
        CanonicalBytes(of: scalar).suffix(remainingCount(for: scalar))
    }
}

extension TextHash {
    /// Adds the bytes of a code point as canonical JSON spells it.
    @inline(__always)
    mutating func add(scalar: UInt32) {
        if scalar >= 0x20, scalar < 0x80, scalar != 0x22, scalar != 0x5C {
            add(UInt8(truncatingIfNeeded: scalar))
        } else {
            for byte in CanonicalBytes(of: scalar) { add(byte) }
        }
    }
}
