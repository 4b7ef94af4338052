/// Changes bytes as a fuzzer does, the same in every run of a seed.
struct Mutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// One to four changes: flipped bits, other bytes, interesting numbers, and pieces removed, doubled or cut off.
    mutating func mutated(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0...below(4) where !bytes.isEmpty {
            let position = below(bytes.count)
            switch below(8) {
            case 0: bytes[position] ^= 1 << below(8)
            case 1: bytes[position] = UInt8(below(256))
            case 2, 3: replace(&bytes, at: position, with: Self.interesting[below(Self.interesting.count)], size: 8)
            case 4: replace(&bytes, at: position, with: Self.interesting[below(Self.interesting.count)], size: 4)
            case 5: bytes.removeSubrange(position..<min(bytes.count, position + 1 + below(16)))
            case 6: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + 1 + below(64))], at: position)
            default: if below(4) == 0 { bytes.removeSubrange(position...) }
            }
        }
        return bytes
    }

    private static let interesting: [UInt64] = [
        0, 1, 2, 3, 8, 9, 12, 31, 32, 255, 256, 65_535, 1 << 24, 1 << 31, 1 << 32, 1 << 59, 1 << 60, 1 << 61, 1 << 62,
        1 << 63, .max, .max - 7, .max - 31,
    ]

    private func replace(_ bytes: inout [UInt8], at position: Int, with number: UInt64, size: Int) {
        for index in 0..<size where position + index < bytes.count {
            bytes[position + index] = UInt8(truncatingIfNeeded: number >> (8 * index))
        }
    }

    private mutating func below(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }
}
