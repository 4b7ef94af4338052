import DropFolder
import Testing

@Suite("Waiting for an inbox")
struct IntakeSignalTests {
    @Test("A wait is over when someone wakes it, before or while it waits")
    func wake() throws {
        let signal = try IntakeSignal()
        for _ in 0..<10_000 { signal.wake() }
        #expect(signal.wait(for: [], until: .infinity))
        #expect(!signal.wait(for: [], until: Monotonic.now()))
        let waker = InboxFixture.Worker { signal.wake() }
        #expect(signal.wait(for: [], until: .infinity))
        while !waker.isDone {}
    }

    @Test("A wait is over when a file comes")
    func event() throws {
        let fixture = try InboxFixture()
        let signal = try IntakeSignal()
        let intake = fixture.intake()
        _ = intake.poll()
        let path = fixture.path("a")
        let writer = InboxFixture.Worker { InboxFixture.writeFile(path) }
        #expect(!signal.wait(for: [intake], until: .infinity))
        while !writer.isDone {}
        #expect(intake.settle(fixture) == ["a"])
        #expect(!signal.wait(for: [intake], until: Monotonic.now()))
    }

    @Test("A wait ends at its deadline", arguments: [0, 0.02, -1])
    func deadline(seconds: Double) throws {
        let signal = try IntakeSignal()
        let deadline = Monotonic.now() + seconds
        #expect(!signal.wait(for: [], until: deadline))
        #expect(Monotonic.now() >= deadline)
    }
}
