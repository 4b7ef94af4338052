import Glibc
import Tensors
import Testing

@Suite("Monitor and dedicated threads")
struct MonitorTests {
    @Test("a wait ends with the change that it waits for, and with its time")
    func waits() throws {
        let monitor = Monitor(0)
        var threads: [DedicatedThread] = []
        for _ in 0..<4 {
            threads.append(
                try #require(
                    DedicatedThread {
                        for _ in 0..<1000 { monitor.withLock { $0 += 1 } }
                        monitor.wakeAll()
                    }))
        }
        #expect(monitor.wait { $0 == 4000 ? $0 : nil } == 4000)
        #expect(monitor.wait(seconds: 60) { $0 == 4000 ? true : nil } == true)
        #expect(monitor.wait(seconds: 0.001) { $0 > 4000 ? true : nil } == nil)
        #expect(monitor.wait(seconds: -1) { $0 > 4000 ? true : nil } == nil)
        threads = []
        #expect(monitor.withLock { $0 } == 4000)
    }

    @Test("letting go of a thread waits for its end; no signal reaches it")
    func threads() throws {
        @Sendable func blocked() -> [Bool] {
            var mask = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &mask)
            return [SIGTERM, SIGINT, SIGUSR1, SIGCHLD].map { sigismember(&mask, $0) == 1 }
        }
        let before = blocked()
        let inside = Monitor([Bool]())
        do {
            let thread = try #require(
                DedicatedThread {
                    usleep(2000)
                    inside.withLock { $0 = blocked() }
                })
            withExtendedLifetime(thread) {}
        }
        #expect(inside.withLock { $0 } == [true, true, true, true])
        // The thread that started it takes signals as before.
        #expect(blocked() == before)
    }
}
