import DropFolder
import Files
import Foundation
import TestEngine

/// The folders of one soak. Kept when something is wrong.
struct SoakFolder {
    let root: String
    let configurationFile: String
    let configuration: DropFolderConfiguration

    /// Two inboxes that share everything else, one of them without events.
    private static let yaml = """
        state: state
        pause_seconds: 0.2
        stop_seconds: 10
        # The kills are none of the documents' fault.
        limits: {interrupted_starts: 1000}
        queue: {documents: 24}
        inboxes:
          - path: inbox
            schema: schema.json
            records: records
            done: done
            failed: failed
            quiet_seconds: 0.1
            rescan_seconds: 1
            jsonl: lines/records.jsonl
            csv: lines/records.csv
          - path: post
            schema: schema.json
            records: records
            done: done
            failed: failed
            quiet_seconds: 0.1
            rescan_seconds: 0.3
            polling: always
            jsonl: lines/records.jsonl
            csv: lines/records.csv
        """

    init() throws {
        root = FileManager.default.temporaryDirectory.path + "/gleaner-soak-" + UUID().uuidString
        for name in ["inbox", "post", "staging"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(name)", withIntermediateDirectories: true)
        }
        try Data(InstantEngine.schema.utf8).write(to: URL(fileURLWithPath: root + "/schema.json"))
        configurationFile = root + "/gleaner.yaml"
        try Data(Self.yaml.utf8).write(to: URL(fileURLWithPath: configurationFile))
        configuration = try DropFolderConfiguration.load(configurationFile, workingFolder: root)
    }

    var inferenceLog: String { root + "/inferences" }
    var output: String { root + "/output" }
    var staging: String { root + "/staging" }
    var records: String { root + "/records" }
    var done: String { root + "/done" }
    var failed: String { root + "/failed" }
    var lines: String { root + "/lines/records.jsonl" }
    var csv: String { root + "/lines/records.csv" }

    /// How often a daemon has said that it is ready.
    var starts: Int {
        ((try? String(contentsOfFile: output, encoding: .utf8)) ?? "").components(separatedBy: "ready\n").count - 1
    }

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    /// To read; nil until a daemon has made it. Not kept open: a daemon that starts again finds nobody else at its ledger.
    var ledger: Ledger? { try? Ledger(readingFrom: DropFolderDaemon.ledgerPath(configuration)) }

    /// Paths below a folder of all files in it, hidden ones too.
    static func files(in folder: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return all.filter { (try? Files.isRegularFile(folder + "/" + $0)) == true }
    }
}
