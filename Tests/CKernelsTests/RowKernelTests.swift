import CKernels
import Glibc
import Testing

@Suite("Kernels over one row agree with their plain twins")
struct RowKernelTests {
    static let counts = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 64, 96, 100, 255, 257, 1000]

    @Test("dot", arguments: KernelTable.vectors)
    func dot(table: KernelTable) {
        var numbers = Numbers(seed: 1)
        for count in Self.counts {
            let (a, b) = (numbers.floats(count), numbers.floats(count))
            let found = table.kernels.dot(a, b, count)
            let expected = KernelTable.plain.kernels.dot(a, b, count)
            #expect(abs(found - expected) < 1e-6 * Float(count), "dot of \(count)")
        }
    }

    @Test("dot is the sum of products", arguments: KernelTable.all)
    func dotOfKnownNumbers(table: KernelTable) {
        let ones = [Float](repeating: 1, count: 1000)
        for count in 0...1000 { #expect(table.kernels.dot(ones, ones, count) == Float(count)) }
    }

    @Test("RMS norm", arguments: KernelTable.all)
    func norm(table: KernelTable) {
        var numbers = Numbers(seed: 2)
        for count in Self.counts {
            let (x, weight) = (numbers.floats(count, spread: 3), numbers.floats(count))
            let mean = x.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(count)
            let factor = 1 / (mean + 1e-5).squareRoot()
            let expected = zip(x, weight).map { (a: Float, w: Float) -> Float in Float(Double(a) * factor * Double(w)) }
            var y = [Float](repeating: .nan, count: count)
            table.kernels.rms_norm(x, weight, 1e-5, &y, count)
            #expect(largestError(y, expected) < 1e-6, "norm of \(count)")
        }
    }

    @Test("exp is good to 2e-7 relative, and 0 far below", arguments: KernelTable.all)
    func exponential(table: KernelTable) {
        let x = (-87_300...88_300).map { Float($0) / 1000 }
        var y = x
        table.kernels.exponential(&y, y.count)
        var largest = 0.0
        for (argument, value) in zip(x, y) {
            let exact = exp(Double(argument))
            largest = max(largest, abs(Double(value) - exact) / exact)
        }
        #expect(largest < 2e-7)
        var edges: [Float] = [0, -88, -1000, -.infinity, 1000]
        table.kernels.exponential(&edges, edges.count)
        #expect(edges[0] == 1 && edges[1...3].allSatisfy { $0 == 0 } && edges[4].isFinite && edges[4] > 1e38)
    }

    @Test("SiLU gate and GELU", arguments: KernelTable.all)
    func activations(table: KernelTable) {
        var numbers = Numbers(seed: 5)
        for count in Self.counts {
            let (gate, up) = (numbers.floats(count, spread: 12), numbers.floats(count))
            let gated = zip(gate, up).map { (g: Float, u: Float) -> Float in
                let silu: Double = Double(g) / (1 + exp(-Double(g)))
                return Float(silu * Double(u))
            }
            var y = [Float](repeating: .nan, count: count)
            table.kernels.silu_gate(gate, up, &y, count)
            #expect(largestError(y, gated) < 1e-6, "SiLU gate of \(count)")
            var z = gate
            table.kernels.gelu(&z, count)
            let expected = gate.map { (g: Float) -> Float in
                let cumulative: Double = 0.5 * (1 + erf(Double(g) / 2.0.squareRoot()))
                return Float(Double(g) * cumulative)
            }
            #expect(largestError(z, expected) < 1e-6, "GELU of \(count)")
        }
        var extreme: [Float] = [-1000, -90, 90, 1000]
        table.kernels.silu_gate(extreme, [1, 1, 1, 1], &extreme, 4)
        #expect(abs(extreme[0]) < 1e-30 && abs(extreme[1]) < 1e-30 && extreme[2] == 90 && extreme[3] == 1000)
    }
}
