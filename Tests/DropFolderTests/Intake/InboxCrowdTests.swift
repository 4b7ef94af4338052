import DropFolder
import Foundation
import Testing

@Suite("Many files at once", .serialized)
struct InboxCrowdTests {
    @Test("20,000 files are found by one scan, in bounded memory")
    func twentyThousand() async throws {
        // In a process of its own, so that the memory is that of the intake alone.
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let fixture = try InboxFixture()
            for folder in 0..<20 { fixture.makeFolder("folder\(folder)") }
            for number in 0..<20_000 { fixture.write("folder\(number % 20)/invoice-2024-\(number).pdf") }
            let before = MemoryUse.resetPeak()
            let intake = fixture.intake()
            let began = Monotonic.now()
            _ = intake.poll()
            let seconds = Monotonic.now() - began
            fixture.clock.seconds += 5
            _ = intake.poll()
            let found = intake.ready().count
            let growth = MemoryUse.peak() - before
            print("20,000 files: one scan in \(Int(seconds * 1000)) ms, \(growth >> 10) MiB more memory at the peak")
            guard found == 20_000, intake.counters.rescans == 1 else { exit(3) }
            guard growth < 48 << 10 else { exit(4) }
        }
        print(String(decoding: result?.standardOutputContent ?? [], as: UTF8.self), terminator: "")
    }

    @Test("Files beyond the capacity are found as there is room, the oldest first, in bounded memory")
    func beyondCapacity() throws {
        let fixture = try InboxFixture()
        for number in 0..<500 { fixture.write("\(number)") }
        let intake = fixture.intake(IntakeOptions(quietSeconds: 5, capacity: 100))
        #expect(intake.poll().contains(.crowded(capacity: 100)))
        var taken: [Int64] = []
        var names: Set<String> = []
        for _ in 0..<100 where names.count < 500 {
            fixture.clock.seconds += 5
            _ = intake.poll()
            #expect(intake.counters.waitingFiles <= 100)
            for candidate in intake.ready(limit: 40) {
                taken.append(candidate.identity.changed)
                names.insert(candidate.path)
                fixture.known.insert(candidate)
                intake.taken(candidate)
            }
        }
        #expect(names.count == 500)
        #expect(taken == taken.sorted())
        #expect(!intake.counters.moreWait)
    }

    @Test(
        "When the queue of events overflows one scan finds everything",
        .enabled(if: queueLength <= 1 << 17, "the queue of this system is too long to fill"))
    func overflow() throws {
        let fixture = try InboxFixture()
        fixture.makeFolder("folder")
        let intake = fixture.intake()
        _ = intake.poll()
        // Each round is three events, and none is read.
        for _ in 0...queueLength / 3 {
            fixture.write("noise")
            unlink(fixture.path("noise"))
        }
        fixture.makeFolder("folder/new")
        for number in 0..<100 {
            fixture.write("folder/\(number)")
            fixture.write("folder/new/\(number)")
        }
        #expect(intake.poll().contains(.overflowed))
        #expect(intake.counters.overflows == 1)
        #expect(intake.counters.rescans == 2)
        fixture.clock.seconds += 5
        _ = intake.poll()
        #expect(intake.ready().count == 200)
        fixture.write("folder/new/last")
        #expect(intake.settle(fixture).count == 201)
        #expect(intake.counters.rescans == 2)
    }
}

/// How many events inotify keeps for a reader.
private let queueLength = InboxFixture.systemFigure("/proc/sys/fs/inotify/max_queued_events")

/// Resident memory of this process in KiB, proc_pid_status(5).
private enum MemoryUse {
    /// Makes the present use the peak, and returns it.
    static func resetPeak() -> Int {
        // proc_pid_clear_refs(5)
        try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
        return figure("VmRSS:")
    }

    static func peak() -> Int { figure("VmHWM:") }

    private static func figure(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
