import Glibc
import Tensors

/// Random weights in memory that depend on a seed and the tensor's name only.
struct RandomWeightSource: WeightSource {
    let seed: UInt64

    let rotaryPairs = RotaryPairs.halves

    func contains(_ name: WeightName) -> Bool { true }

    func matrix(_ name: WeightName, shape: [Int]) -> WeightMatrix {
        let columns = shape.dropFirst().reduce(1, *)
        let rows = shape.first ?? 0
        // Embeddings of unit size, and products that keep the size of what they multiply.
        let spread = name == .embedding ? 1 : 1 / Float(columns).squareRoot()
        return WeightMatrix(
            rows: rows, columns: columns, values: normals(name, count: rows * columns).map { $0 * spread })
    }

    func vector(_ name: WeightName, count: Int) -> [Float] { normals(name, count: count).map { 1 + 0.1 * $0 } }

    /// Normally distributed numbers by the Box-Muller transform.
    private func normals(_ name: WeightName, count: Int) -> [Float] {
        var state = seed
        for byte in HuggingFaceNaming.released(name).utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        var numbers: [Float] = []
        numbers.reserveCapacity(count + 1)
        while numbers.count < count {
            let radius = (-2 * log(Self.uniform(&state))).squareRoot()
            let angle = 2 * Float.pi * Self.uniform(&state)
            numbers.append(radius * cos(angle))
            numbers.append(radius * sin(angle))
        }
        if numbers.count > count { numbers.removeLast() }
        return numbers
    }

    /// A number in (0, 1], from Vigna's SplitMix64.
    private static func uniform(_ state: inout UInt64) -> Float {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        z ^= z >> 31
        return Float((z >> 40) + 1) * 0x1p-24
    }
}
