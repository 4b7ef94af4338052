import DropFolder
import Files
import Foundation
import TestSupport
import Testing

@Suite("A disk that is full or read-only", .enabled(if: TemporaryMount.isPossible, "needs the right to mount a tmpfs"))
struct FullDiskTests {
    enum Place: String, CaseIterable, Sendable {
        case state, records, done, failed
    }

    enum Fault: String, CaseIterable, Sendable {
        case full, readOnly
    }

    /// The ledger is open to write all the time, so its file system cannot become read-only by a remount.
    private static let cases = Place.allCases.flatMap { place in Fault.allCases.map { (place, $0) } }
        .filter { $0 != (.state, .readOnly) }

    @Test("Work pauses, says why, and goes on by itself", arguments: cases)
    func pausesAndResumes(_ place: Place, _ fault: Fault) async throws {
        let bench = try DropFolderBench()
        let folder = bench.root.path + "/" + place.rawValue
        let disk = try TemporaryMount(on: folder)
        try await bench.watching { daemon in
            // Good and bad ones, so that every folder is used.
            for number in 1...3 { try bench.drop("good-\(number).png", SmallDocuments.png(number)) }
            try bench.drop("bad-1.png", Array("no document, though it has the name of one".utf8))
            try await eventually("all is well") { bench.closed == 4 }

            switch fault {
            case .full: try disk.fill()
            case .readOnly: try disk.makeReadOnly(true)
            }
            for number in 4...9 { try bench.drop("good-\(number).png", SmallDocuments.png(number)) }
            for number in 2...3 {
                try bench.drop("bad-\(number).png", Array("no document \(number) either, and longer".utf8))
            }
            try await eventually("health is red and says why") {
                daemon.health.problems.values.contains { $0.contains(folder) }
            }
            #expect(!daemon.health.isGood)

            switch fault {
            case .full: try disk.empty()
            case .readOnly: try disk.makeReadOnly(false)
            }
            try await eventually("it goes on") { bench.closed == 12 && daemon.health.isGood }
        }
        #expect(bench.files(in: bench.done).count == 9)
        #expect(bench.files(in: bench.failed).filter { $0.hasSuffix(".error.json") }.count == 3)
        // Nothing was read twice, and nothing charged to a document.
        #expect(bench.inferences.count == 9)
        #expect(try bench.ledger().counts().inferences == 12)
        try bench.expectAllClosed(done: 9, failed: 3)
        // Told once for each component, not again and again.
        #expect(bench.pauses.count <= 2 * bench.pausedComponents.count, "\(bench.pauses)")
    }

    @Test("A state folder that cannot be written is told at the start")
    func readOnlyState() async throws {
        let bench = try DropFolderBench()
        let disk = try TemporaryMount(on: bench.state)
        try bench.daemon().close()
        // Processes that other tests start may have its files open for a moment.
        try await eventually("it can be made read-only") { (try? disk.makeReadOnly(true)) != nil }
        #expect {
            _ = try bench.daemon()
        } throws: { error in
            "\(error)".contains(bench.state) && "\(error)".contains("writable")
        }
    }

    @Test("A full disk for temporary files stops nothing")
    func temporaryFiles() async throws {
        let bench = try DropFolderBench()
        let disk = try TemporaryMount(on: bench.root.path + "/tmp", bytes: 1 << 16)
        try disk.fill()
        for number in 1...3 { try bench.drop("\(number).pdf", SmallDocuments.pdf(number, pageCount: 2)) }
        let daemon = try bench.process(["--drain"], environment: ["TMPDIR": disk.folder])
        try await eventually("it ends") { !daemon.isRunning }
        #expect(daemon.exitCode == 0)
        try bench.expectAllClosed(done: 3)
    }
}
