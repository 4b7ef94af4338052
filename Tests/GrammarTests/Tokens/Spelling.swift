/// How canonical JSON strings spell code points, worked out by enumeration.
enum Spelling {
    struct Beginning {
        /// The code points that have a spelling with this beginning.
        var ranges: [ClosedRange<UInt32>]
        /// Fewest bytes that are missing.
        var remaining: Int
    }

    /// Spellings that are not the code point's UTF-8.
    static let escapes: [[UInt8]: UInt32] = {
        let digits = Array("0123456789abcdef")
        var escapes: [[UInt8]: UInt32] = [:]
        for scalar in 0..<UInt32(32) {
            escapes[Array("\\u00\(digits[Int(scalar) / 16])\(digits[Int(scalar) % 16])".utf8)] = scalar
        }
        for (letter, scalar) in [("b", 8), ("t", 9), ("n", 10), ("f", 12), ("r", 13)] as [(String, UInt32)] {
            escapes = escapes.filter { $0.value != scalar }
            escapes[Array("\\\(letter)".utf8)] = scalar
        }
        escapes[Array("\\\"".utf8)] = 0x22
        escapes[Array("\\\\".utf8)] = 0x5C
        return escapes
    }()

    /// Beginnings of spellings that are not whole, in bytes.
    static let beginnings: [[UInt8]: Beginning] = {
        var beginnings: [[UInt8]: Beginning] = [:]
        func add(_ range: ClosedRange<UInt32>, _ spelling: [UInt8]) {
            for length in 1..<spelling.count {
                let remaining = spelling.count - length
                var beginning =
                    beginnings[Array(spelling[..<length])] ?? Beginning(ranges: [], remaining: remaining)
                beginning.remaining = min(beginning.remaining, remaining)
                if let last = beginning.ranges.last, last.upperBound + 1 == range.lowerBound {
                    beginning.ranges[beginning.ranges.count - 1] = last.lowerBound...range.upperBound
                } else {
                    beginning.ranges.append(range)
                }
                beginnings[Array(spelling[..<length])] = beginning
            }
        }
        for (spelling, scalar) in escapes.sorted(by: { $0.value < $1.value }) { add(scalar...scalar, spelling) }
        // Code points that differ in their last six bits only differ in their last byte only.
        for first in stride(from: UInt32(0x80), through: 0x10_FFFF, by: 64) {
            if let scalar = Unicode.Scalar(first) { add(first...first + 63, Array(String(scalar).utf8)) }
        }
        return beginnings
    }()

    /// What bytes are when they are read from a point between two code points in a string.
    enum Reading: Hashable {
        case dead
        case inner([UInt32])
        /// The code points before the one that is begun, and its bytes.
        case partial([UInt32], beginning: [UInt8])
        case closing([UInt32], suffix: [UInt8])
    }

    static func read(_ bytes: some Sequence<UInt8>) -> Reading {
        let bytes = Array(bytes)
        var scalars: [UInt32] = []
        var position = 0
        search: while position < bytes.count {
            let rest = bytes[position...]
            if rest.first == UInt8(ascii: "\"") { return .closing(scalars, suffix: Array(rest.dropFirst())) }
            for length in 1...6 where length <= rest.count {
                if let scalar = whole(Array(rest.prefix(length))) {
                    scalars.append(scalar)
                    position += length
                    continue search
                }
            }
            return beginnings[Array(rest)] == nil ? .dead : .partial(scalars, beginning: Array(rest))
        }
        return .inner(scalars)
    }

    private static func whole(_ spelling: [UInt8]) -> UInt32? {
        if let scalar = escapes[spelling] { return scalar }
        guard let text = String(validating: spelling, as: UTF8.self), text.unicodeScalars.count == 1 else { return nil }
        guard let scalar = text.unicodeScalars.first?.value else { return nil }
        return scalar < 0x20 || scalar == 0x22 || scalar == 0x5C ? nil : scalar
    }
}
