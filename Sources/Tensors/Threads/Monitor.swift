import Glibc

/// State that threads share and wait on.
///
/// Who changes the state says whether anyone is to look again: waking a thread costs more than changing a number.
public final class Monitor<State: Sendable>: @unchecked Sendable {
    // Only touched under the lock: that makes the class safe to share.
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    public init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // Setting the time of day neither ends nor stretches a wait.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Reads or changes the state without waking anyone.
    public func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// All threads that wait look at the state again.
    public func wakeAll() { pthread_cond_broadcast(condition) }

    /// Waits until `body` gives a value, which it is asked for at once and whenever someone wakes the waiting.
    ///
    /// - Parameter seconds: nil: as long as it takes.
    /// - Returns: nil when the time is over.
    public func wait<Result>(seconds: Double? = nil, until body: (inout State) -> Result?) -> Result? {
        var end = timespec()
        if let seconds {
            clock_gettime(CLOCK_MONOTONIC, &end)
            let nanoseconds = end.tv_nsec + Int(min(max(0, seconds), 1e9) * 1e9)
            end.tv_sec += nanoseconds / 1_000_000_000
            end.tv_nsec = nanoseconds % 1_000_000_000
        }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            if seconds == nil {
                pthread_cond_wait(condition, mutex)
            } else if pthread_cond_timedwait(condition, mutex, &end) != 0 {
                return body(&state)
            }
        }
    }
}
