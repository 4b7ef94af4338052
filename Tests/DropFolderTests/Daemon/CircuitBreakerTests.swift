import DropFolder
import Testing

@Suite("Circuit breaker")
struct CircuitBreakerTests {
    private var breaker = CircuitBreaker(firstWait: 1, longestWait: 10, failuresToOpen: 3)

    @Test("each failure in a row doubles the wait up to the longest; jitter takes at most half of it")
    mutating func waits() {
        #expect([1, 2, 4, 8, 10, 10].map { _ in breaker.failed(at: 0, jitter: 1) } == [1, 2, 4, 8, 10, 10])
        var other = CircuitBreaker(firstWait: 1, longestWait: 10, failuresToOpen: 3)
        #expect([0, 0, 0].map { other.failed(at: 0, jitter: $0) } == [0.5, 1, 2])
    }

    @Test("the engine may be asked again when the wait is over")
    mutating func again() {
        breaker.failed(at: 100, jitter: 1)
        #expect(breaker.wait(at: 100) == 1)
        #expect(breaker.wait(at: 100.75) == 0.25)
        #expect(breaker.wait(at: 102) == 0)
    }

    @Test("it opens after so many failures in a row, and one success closes it")
    mutating func opens() {
        breaker.failed(at: 0, jitter: 0)
        breaker.failed(at: 0, jitter: 0)
        #expect(!breaker.isOpen)
        breaker.failed(at: 0, jitter: 0)
        #expect(breaker.isOpen)
        breaker.succeeded()
        #expect(!breaker.isOpen && breaker.wait(at: 0) == 0 && breaker.successes == 1)
        #expect(breaker.failed(at: 0, jitter: 1) == 1, "the waits begin anew")
    }
}
