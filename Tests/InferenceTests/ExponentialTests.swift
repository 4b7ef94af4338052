import Foundation
import Testing

@testable import Inference

@Suite("Exponential")
struct ExponentialTests {
    @Test("agrees with the C library's to 2^-22 of the value wherever 32 bits hold normal numbers")
    func accuracy() {
        var largest = 0.0
        for step in 0...870_000 {
            let x = Float(step) * -0.0001
            let exact = exp(Double(x))
            largest = max(largest, abs(Double(Exponential.of(x)) - exact) / exact)
        }
        #expect(largest < 0x1p-22)
        #expect(Exponential.of(0) == 1)
        #expect(Exponential.of(-87.01) == 0)
        #expect(Exponential.of(-.infinity) == 0)
    }

    @Test("the sum is that of all numbers, whatever their count")
    func sums() {
        for count in [1, 1023, 1024, 1025, 5000] {
            let numbers = (0..<count).map { Float($0 % 97) * -0.1 }
            let exact = numbers.reduce(0) { $0 + exp(Double($1)) }
            #expect(abs(Exponential.sum(numbers.span, largest: 0) - exact) < 1e-6 * exact)
        }
    }
}
