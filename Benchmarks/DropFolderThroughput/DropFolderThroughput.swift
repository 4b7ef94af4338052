import DropFolder
import Files
import Foundation
import TestEngine
import TestSupport

/// What the drop folder costs beside the engine: one-page PNGs through a test engine that answers at once.
///
/// `drop-folder-throughput [COUNT] [FOLDER]`; the folder decides which disk is measured.
@main
struct DropFolderThroughput {
    static func main() throws {
        let arguments = CommandLine.arguments
        let count = arguments.count > 1 ? Int(arguments[1]) ?? 1000 : 1000
        let parent = arguments.count > 2 ? arguments[2] : FileManager.default.currentDirectoryPath + "/.build"
        let root = parent + "/drop-folder-throughput-\(getpid())"
        try FileManager.default.createDirectory(atPath: root + "/inbox", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }

        try Data(InstantEngine.schema.utf8).write(to: URL(fileURLWithPath: root + "/schema.json"))
        for number in 0..<count {
            try Data(SmallDocuments.png(number)).write(to: URL(fileURLWithPath: "\(root)/inbox/\(number).png"))
        }
        var inbox = InboxConfiguration(
            path: root + "/inbox", schema: root + "/schema.json", records: root + "/records", done: root + "/done",
            failed: root + "/failed")
        inbox.quietSeconds = 0.1
        var options = DropFolderDaemon.Options()
        options.isDrain = true
        let engine = InstantEngine()
        let clock = FirstAndLast()
        let daemon = try DropFolderDaemon(
            DropFolderConfiguration(state: root + "/state", inboxes: [inbox]), options: options,
            engine: { _ in engine }, tell: clock.note)
        let ledgerBefore = daemon.ledgerStatistics
        let syncsBefore = SyncStatistics.now
        try daemon.run()
        report(
            count: clock.done, seconds: clock.seconds, ledger: (ledgerBefore, daemon.ledgerStatistics),
            syncs: (syncsBefore, SyncStatistics.now))
    }

    private static func report(
        count: Int, seconds: Double, ledger: (LedgerStatistics, LedgerStatistics), syncs: (SyncStatistics, SyncStatistics)
    ) {
        let ledgerSeconds = ledger.1.seconds - ledger.0.seconds
        let commits = ledger.1.commits - ledger.0.commits
        let syncSeconds = syncs.1.seconds - syncs.0.seconds
        let syncCount = syncs.1.count - syncs.0.count
        func percent(_ part: Double) -> String { "\(Int((part / seconds * 100).rounded()))%" }
        func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
        print("test engine, \(count) one-page PNGs: \(rounded(seconds)) s, \(Int(Double(count) / seconds)) documents/s")
        print("ledger: \(rounded(ledgerSeconds)) s, \(percent(ledgerSeconds)) of the time, \(commits) commits")
        print("fsync of files and folders: \(rounded(syncSeconds)) s, \(percent(syncSeconds)), \(syncCount) calls")
        print("Stages run side by side, so shares may add up to more than 100%.")
    }
}
