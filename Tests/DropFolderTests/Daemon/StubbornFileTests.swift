import DropFolder
import Files
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Files and folders that do not let themselves be read, moved or written")
struct StubbornFileTests {
    @Test(
        "A source that cannot be removed is read once and left", .enabled(if: Immutable.isPossible, "needs chattr +i"))
    func immutableSource() async throws {
        let bench = try DropFolderBench()
        try bench.drop("good.png", SmallDocuments.png(1))
        try bench.drop("bad.png", Array("no document".utf8))
        try Immutable.set(true, bench.inbox + "/good.png")
        try Immutable.set(true, bench.inbox + "/bad.png")
        defer {
            try? Immutable.set(false, bench.inbox + "/good.png")
            try? Immutable.set(false, bench.inbox + "/bad.png")
        }
        try await Self.expectLeft(bench)
    }

    @Test(
        "An inbox that is read-only is read once and left as it is",
        .enabled(if: TemporaryMount.isPossible, "needs the right to mount a tmpfs"))
    func readOnlyInbox() async throws {
        let bench = try DropFolderBench()
        let disk = try TemporaryMount(on: bench.inbox)
        try bench.drop("good.png", SmallDocuments.png(1))
        try bench.drop("bad.png", Array("no document".utf8))
        try disk.makeReadOnly(true)
        try await Self.expectLeft(bench)
    }

    /// Both are told once, whatever looks at the inbox again: a rescan, another start.
    private static func expectLeft(_ bench: DropFolderBench) async throws {
        try await bench.watching { daemon in
            try await eventually("both are closed") { bench.closed == 2 }
            let scans = daemon.queues.inboxes["inbox"]?.rescans ?? 0
            try await eventually("it is scanned again") { (daemon.queues.inboxes["inbox"]?.rescans ?? 0) >= scans + 2 }
            #expect(daemon.health.isGood)
        }
        try await bench.drain()
        #expect(bench.closed == 2)
        #expect(bench.inferences.count == 1)
        #expect(bench.files(in: bench.inbox) == ["bad.png", "good.png"])
        #expect(bench.files(in: bench.done) == ["good.png"])
        #expect(bench.files(in: bench.failed) == ["bad.error.json", "bad.png"])
        let report = try bench.audit()
        #expect(report.gaps == [])
        #expect(report.left == 2)
        #expect(report.waiting == 0)
    }

    @Test(
        "A file that may not be read is recorded once", .enabled(if: geteuid() == 0, "needs root"),
        arguments: [false, true])
    func unreadable(isSticky: Bool) async throws {
        let bench = try DropFolderBench()
        try bench.drop("secret.png", SmallDocuments.png(1))
        chmod(bench.inbox + "/secret.png", 0o000)
        try bench.drop("good.png", SmallDocuments.png(2))
        chown(bench.inbox + "/good.png", Stranger.user, Stranger.user)
        try bench.openForStrangers()
        // In a sticky folder nobody may move what is not theirs.
        if isSticky { chmod(bench.inbox, 0o1777) }

        for _ in 1...2 {
            let daemon = try bench.daemon()
            let running = Stranger { try daemon.run() }
            try await eventually("both are closed") { bench.closed == 2 }
            let scans = daemon.queues.inboxes["inbox"]?.rescans ?? 0
            try await eventually("it is scanned again") { (daemon.queues.inboxes["inbox"]?.rescans ?? 0) > scans }
            daemon.stop()
            try await eventually("it stops") { running.isOver }
            daemon.close()
        }
        #expect(bench.closed == 2)
        #expect(bench.files(in: bench.done) == ["good.png"])
        #expect(try bench.errorCode("secret.error.json") == "not-readable")
        #expect(bench.files(in: bench.inbox) == (isSticky ? ["secret.png"] : []))
        #expect(
            bench.files(in: bench.failed) == (isSticky ? ["secret.error.json"] : ["secret.error.json", "secret.png"]))
        let report = try bench.audit()
        #expect(report.gaps == [])
        #expect(report.failed == 1)
    }

    @Test(
        "A folder of failures that may not be written: the document waits, and is not read again",
        .enabled(if: geteuid() == 0, "needs root"))
    func unwritableFailed() async throws {
        let bench = try DropFolderBench()
        try bench.openForStrangers()
        try FileManager.default.createDirectory(atPath: bench.failed, withIntermediateDirectories: true)
        chmod(bench.failed, 0o755)
        try bench.drop("bad.png", Array("no document".utf8))
        try bench.drop("good.png", SmallDocuments.png(1))
        for name in ["bad.png", "good.png"] { chown(bench.inbox + "/" + name, Stranger.user, Stranger.user) }

        let daemon = try bench.daemon()
        let running = Stranger { try daemon.run() }
        try await eventually("it says what is wrong") {
            daemon.health.problems.values.contains { $0.contains(bench.failed) && $0.contains("ermission") }
        }
        try await eventually("the other one is done") { bench.files(in: bench.done) == ["good.png"] }
        let problem = daemon.health.problems
        let scans = daemon.queues.inboxes["inbox"]?.rescans ?? 0
        try await eventually("it is tried again") { (daemon.queues.inboxes["inbox"]?.rescans ?? 0) >= scans + 2 }
        #expect(daemon.health.problems == problem)
        #expect(bench.pauses.count == 1)
        #expect(bench.files(in: bench.inbox) == ["bad.png"])
        #expect(try bench.ledger().arrivals(limit: 9).count == 2)

        chmod(bench.failed, 0o777)
        try await eventually("it goes on") { bench.closed == 2 && daemon.health.isGood }
        daemon.stop()
        try await eventually("it stops") { running.isOver }
        daemon.close()
        #expect(try bench.ledger().counts().inferences == 2)
        try bench.expectAllClosed(done: 1, failed: 1)
    }
}

extension DropFolderBench {
    /// Lets any user work in its folders.
    fileprivate func openForStrangers() throws {
        for folder in [records, done, failed] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try daemon().close()
        for folder in [root.path, inbox, records, done, failed, state, state + "/spool"] { chmod(folder, 0o777) }
        for name in try Files.names(in: state) where name != "spool" { chmod(state + "/" + name, 0o666) }
    }
}

/// A thread, and those it starts, whose rights to files are those of nobody: setfsuid(2) is about threads, not processes.
private final class Stranger: Sendable {
    static let user: uid_t = 65534
    private let over = FlagBox()

    var isOver: Bool { over.value }

    init(_ body: @escaping @Sendable () throws -> Void) {
        let thread = Thread { [over] in
            Self.change("setfsgid")
            Self.change("setfsuid")
            do {
                try body()
            } catch {
                Issue.record(error)
            }
            over.set()
        }
        thread.start()
    }

    private static func change(_ name: String) {
        typealias Function = @convention(c) (uid_t) -> Int32
        guard let function = dlsym(nil, name).map({ unsafeBitCast($0, to: Function.self) }) else { return }
        _ = function(user)
    }
}

/// The flag that keeps even root from changing, renaming or removing a file: chattr(1) +i.
private enum Immutable {
    static let isPossible: Bool = {
        guard let folder = try? TemporaryFolder(), let path = try? folder.write("a", []) else { return false }
        defer { try? set(false, path) }
        return (try? set(true, path)) != nil && unlink(path) != 0
    }()

    static func set(_ isImmutable: Bool, _ path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/chattr")
        process.arguments = [isImmutable ? "+i" : "-i", path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }
}
