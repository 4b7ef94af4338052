import Glibc

/// The clock of the drop folder: seconds since some moment in the past, never set back.
public enum Monotonic {
    /// CLOCK_MONOTONIC in seconds.
    public static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
