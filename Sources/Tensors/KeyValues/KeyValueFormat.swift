import CKernels

/// How the numbers of a key-value cache are stored; the raw values are their names in settings.
public enum KeyValueFormat: String, CaseIterable, Sendable {
    case float32 = "f32"
    /// IEEE binary16: half the memory, errors below 2^-11 of each number.
    case float16 = "f16"
    /// Q8_0: blocks of 32 neighbouring numbers of a head, each a byte times their common scale. Errors are below
    /// 1/250 of the largest number of a block; a quarter of the memory of `float32` and a sixteenth of that.
    case quantized8 = "q8_0"

    /// Numbers of a head that share a scale.
    static let scaled = Int(CK_CACHE_SCALED)

    /// Whether heads of this dimension can be stored.
    public func holds(headDimension: Int) -> Bool { self != .quantized8 || headDimension % Self.scaled == 0 }

    /// Bytes of `count` numbers without their scales.
    func numberBytes(_ count: Int) -> Int {
        switch self {
        case .float32: 4 * count
        case .float16: 2 * count
        case .quantized8: count
        }
    }

    /// Bytes of the scales of `count` numbers.
    func scaleBytes(_ count: Int) -> Int { self == .quantized8 ? count / Self.scaled * 2 : 0 }
}
