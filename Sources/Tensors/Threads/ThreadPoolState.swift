import CKernels
import Glibc
import Synchronization

/// What the threads of a pool share: the current loop, and how its indices are claimed.
///
/// `claim` packs the loop's number, its count and the next free index into one word, so a thread that comes late and
/// holds an old word fails to exchange it and never touches a finished loop.
final class ThreadPoolState: @unchecked Sendable {
    static let largestCount = 1 << 19
    private static let indexMask: UInt64 = (1 << 20) - 1

    private let claim = Atomic<UInt64>(0)
    private let unfinished = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    private let callerSleeps = Atomic<Bool>(false)
    private let stopping = Atomic<Bool>(false)
    private let busy = Atomic<Bool>(false)

    // Written by the caller before it publishes a claim word, read by others only after they have claimed an index.
    private var body: ((Int, Int) -> Void)?
    private var generation: UInt64 = 0

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let workArrived: UnsafeMutablePointer<pthread_cond_t>
    private let workFinished: UnsafeMutablePointer<pthread_cond_t>

    init() {
        mutex = .allocate(capacity: 1)
        workArrived = .allocate(capacity: 1)
        workFinished = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(workArrived, nil)
        pthread_cond_init(workFinished, nil)
    }

    deinit {
        pthread_cond_destroy(workFinished)
        pthread_cond_destroy(workArrived)
        pthread_mutex_destroy(mutex)
        workFinished.deallocate()
        workArrived.deallocate()
        mutex.deallocate()
    }

    /// Takes the pool for one loop; false if another loop runs.
    func acquire() -> Bool {
        busy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    }

    func release() { busy.store(false, ordering: .releasing) }

    /// Runs a loop of 1 to `largestCount` indices; only between `acquire` and `release`.
    func perform(count: Int, body: @escaping (Int, Int) -> Void) {
        self.body = body
        generation = (generation + 1) & 0xff_ffff
        unfinished.store(count, ordering: .relaxed)
        claim.store(generation << 40 | UInt64(count) << 20, ordering: .sequentiallyConsistent)
        if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
            pthread_mutex_lock(mutex)
            pthread_cond_broadcast(workArrived)
            pthread_mutex_unlock(mutex)
        }
        work(slot: 0)
        waitUntilFinished()
        self.body = nil
    }

    /// Takes indices of the current loop until none is left.
    private func work(slot: Int) {
        var word = claim.load(ordering: .acquiring)
        while word & Self.indexMask < (word >> 20) & Self.indexMask {
            let (exchanged, current) = claim.compareExchange(
                expected: word, desired: word + 1, ordering: .acquiringAndReleasing)
            guard exchanged else {
                word = current
                continue
            }
            body?(Int(word & Self.indexMask), slot)
            if unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue == 0,
                callerSleeps.load(ordering: .sequentiallyConsistent)
            {
                pthread_mutex_lock(mutex)
                pthread_cond_signal(workFinished)
                pthread_mutex_unlock(mutex)
            }
            word = claim.load(ordering: .acquiring)
        }
    }

    private func waitUntilFinished() {
        for _ in 0..<2000 {
            if unfinished.load(ordering: .acquiring) == 0 { return }
            ck_spin_hint()
        }
        pthread_mutex_lock(mutex)
        callerSleeps.store(true, ordering: .sequentiallyConsistent)
        while unfinished.load(ordering: .sequentiallyConsistent) > 0 { pthread_cond_wait(workFinished, mutex) }
        callerSleeps.store(false, ordering: .relaxed)
        pthread_mutex_unlock(mutex)
    }

    private var hasWork: Bool {
        let word = claim.load(ordering: .sequentiallyConsistent)
        return word & Self.indexMask < (word >> 20) & Self.indexMask
    }

    /// The life of a worker thread.
    func serve(slot: Int) {
        while true {
            var spins = 0
            while !hasWork, spins < 1000, !stopping.load(ordering: .relaxed) {
                ck_spin_hint()
                spins += 1
            }
            if !hasWork {
                pthread_mutex_lock(mutex)
                sleepers.add(1, ordering: .sequentiallyConsistent)
                while !hasWork, !stopping.load(ordering: .relaxed) { pthread_cond_wait(workArrived, mutex) }
                sleepers.subtract(1, ordering: .relaxed)
                pthread_mutex_unlock(mutex)
            }
            if stopping.load(ordering: .relaxed) { return }
            work(slot: slot)
        }
    }

    func stop() {
        pthread_mutex_lock(mutex)
        stopping.store(true, ordering: .sequentiallyConsistent)
        pthread_cond_broadcast(workArrived)
        pthread_mutex_unlock(mutex)
    }
}

/// What a new thread is told.
final class WorkerStart {
    let state: ThreadPoolState
    let slot: Int

    init(state: ThreadPoolState, slot: Int) {
        self.state = state
        self.slot = slot
    }
}

/// Starts a worker with all signals blocked (they belong to the program's own threads); nil if the system refuses.
func startWorker(_ start: WorkerStart) -> pthread_t? {
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    var thread = pthread_t()
    let retained = Unmanaged.passRetained(start)
    let status = pthread_create(
        &thread, nil,
        { raw in
            guard let raw else { return nil }
            let start = Unmanaged<WorkerStart>.fromOpaque(raw).takeRetainedValue()
            start.state.serve(slot: start.slot)
            return nil
        }, retained.toOpaque())
    guard status == 0 else {
        retained.release()
        return nil
    }
    return thread
}
