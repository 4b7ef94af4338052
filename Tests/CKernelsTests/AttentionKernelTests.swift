import CKernels
import Testing

@Suite("Kernels of attention")
struct AttentionKernelTests {
    /// Queries, keys, dimension, keys that the first query sees, queries of a group.
    private static let shapes = [
        (1, 1, 2, 1, 0), (1, 128, 16, 128, 0), (2, 129, 20, 128, 1), (3, 300, 64, 300, 0), (4, 77, 128, 77, 4),
        (5, 131, 30, 127, 1), (6, 257, 32, 255, 3), (7, 64, 80, 58, 1), (12, 140, 64, 129, 1), (13, 390, 18, 386, 3),
        (48, 200, 64, 153, 1), (60, 128, 48, 9, 1), (96, 33, 32, 10, 4),
    ]

    @Test("attention agrees with the definition", arguments: AttentionTable.all)
    func definition(table: AttentionTable) {
        for (number, (queries, keys, dimension, visible, group)) in Self.shapes.enumerated() {
            let input = PanelInput(
                queries: queries, keys: keys, dimension: dimension, visible: visible, group: group,
                seed: UInt64(number))
            let found = input.attended(0..<queries, table)
            #expect(largestError(found, input.attendedByDefinition()) < 3e-6, "\(Self.shapes[number])")
        }
    }

    @Test(
        "a query's result is the same bits in any panel, whatever lies behind its keys", arguments: AttentionTable.all)
    func panels(table: AttentionTable) {
        for (number, (queries, keys, dimension, visible, group)) in Self.shapes.enumerated() {
            let input = PanelInput(
                queries: queries, keys: keys, dimension: dimension, visible: visible, group: group,
                seed: UInt64(number))
            let together = input.attended(0..<queries, table)
            for size in [max(1, group), 2 * max(1, group), 5 * max(1, group)] {
                let apart = stride(from: 0, to: queries, by: size).flatMap {
                    input.attended($0..<min(queries, $0 + size), table, junk: .nan)
                }
                #expect(apart == together, "\(Self.shapes[number]) by \(size)")
            }
        }
    }

    @Test("numbers of 16 bits give what they give as floats", arguments: AttentionTable.all)
    func halves(table: AttentionTable) {
        for (number, (queries, keys, dimension, visible, group)) in Self.shapes.enumerated() {
            var input = PanelInput(
                queries: queries, keys: keys, dimension: dimension, visible: visible, group: group,
                seed: UInt64(number))
            input.keys = table.fromF16(table.toF16(input.keys))
            input.values = table.fromF16(table.toF16(input.values))
            #expect(input.attended(0..<queries, table, isHalf: true) == input.attended(0..<queries, table))
        }
    }

    @Test("scores of any size give weights from 0 to 1", arguments: AttentionTable.all)
    func extremes(table: AttentionTable) {
        for spread: Float in [1e-30, 1e3, 1e10] {
            let input = PanelInput(
                queries: 14, keys: 300, dimension: 32, visible: 280, group: 1, seed: 9, spread: spread)
            let found = input.attended(0..<14, table)
            #expect(largestError(found, input.attendedByDefinition()) < 1e-3, "\(spread)")
        }
        // What is not a number is not hidden.
        var input = PanelInput(queries: 2, keys: 130, dimension: 16, visible: 129, group: 1, seed: 10)
        input.keys[5] = .nan
        #expect(input.attended(0..<2, table).allSatisfy { $0.isNaN })
    }

    @Test(
        "rotations agree with the definition, and pairs of both orders give the same bits",
        arguments: AttentionTable.all)
    func rotations(table: AttentionTable) {
        var numbers = Numbers(seed: 6)
        for half in [1, 2, 4, 7, 8, 15, 16, 17, 32, 64] {
            let (x, angles) = (numbers.floats(2 * half), numbers.floats(half, spread: 1))
            let sines = numbers.floats(half)
            var halves = x
            table.kernels.rotate_halves(&halves, angles, sines, half)
            let expected = (0..<(2 * half)).map { i -> Float in
                i < half
                    ? x[i] * angles[i] - x[i + half] * sines[i]
                    : x[i] * angles[i - half] + x[i - half] * sines[i - half]
            }
            #expect(largestError(halves, expected) < 1e-6, "half of \(half)")
            var adjacent = (0..<(2 * half)).map { x[$0 / 2 + $0 % 2 * half] }
            table.kernels.rotate_adjacent(&adjacent, angles, sines, half)
            #expect(adjacent == (0..<(2 * half)).map { halves[$0 / 2 + $0 % 2 * half] }, "half of \(half)")
        }
    }
}
