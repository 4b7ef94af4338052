/// Measures stretches of work.
struct Stopwatch {
    private let start = ContinuousClock.now

    /// Microseconds since it was made, to a nanosecond.
    var microseconds: Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds * 1_000_000_000 + attoseconds / 1_000_000_000) / 1000
    }
}
