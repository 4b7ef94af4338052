import Synchronization
import Tensors
import Testing

@Suite("Thread pool")
struct ThreadPoolTests {
    @Test("every index is visited once", arguments: [1, 2, 3, 8])
    func everyIndex(threads: Int) {
        let pool = ThreadPool(threadCount: threads)
        #expect(pool.threadCount == threads)
        for count in [0, 1, 2, 7, 100, 1000] {
            let visits = Counters(count)
            pool.parallelFor(count: count) { visits.add(at: $0) }
            #expect(visits.values == [Int](repeating: 1, count: count))
        }
    }

    @Test("many short loops in a row, and one with millions of indices")
    func manyLoops() {
        let pool = ThreadPool(threadCount: 3)
        let visits = Counters(4)
        for _ in 0..<20_000 { pool.parallelFor(count: 4) { visits.add(at: $0) } }
        #expect(visits.values == [20_000, 20_000, 20_000, 20_000])
        let sum = Counters(1)
        pool.parallelFor(count: 3_000_001) { index in if index % 1000 == 0 { sum.add(at: 0) } }
        #expect(sum.values == [3001])
    }

    @Test("loops inside loops and loops of several tasks finish")
    func nested() async {
        let pool = ThreadPool(threadCount: 2)
        let visits = Counters(10)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    pool.parallelFor(count: 10) { outer in
                        pool.parallelFor(count: 5) { _ in visits.add(at: outer) }
                    }
                }
            }
        }
        #expect(visits.values == [Int](repeating: 40, count: 10))
    }

    @Test("pools can be made and dropped")
    func lifecycle() {
        for threads in 1...4 {
            for _ in 0..<25 {
                let pool = ThreadPool(threadCount: threads)
                let visits = Counters(3)
                pool.parallelFor(count: 3) { visits.add(at: $0) }
                #expect(visits.values == [1, 1, 1])
            }
        }
    }
}

/// Counters that several threads may raise.
private final class Counters: Sendable {
    private let counts: Mutex<[Int]>

    init(_ count: Int) { counts = Mutex([Int](repeating: 0, count: count)) }

    func add(at index: Int) { counts.withLock { $0[index] += 1 } }

    var values: [Int] { counts.withLock { $0 } }
}
