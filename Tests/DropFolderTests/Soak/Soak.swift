import DropFolder
import Foundation

/// Rounds of `kill -9` over a stream of documents that never ends, and the proof that nothing was lost and nothing came twice.
struct Soak {
    let rounds: Int
    let folder: SoakFolder
    private var stream: SoakStream
    private var random: SeededGenerator
    private(set) var figures = SoakFigures()
    /// In which life the inference of a content was last begun.
    private var lastInference: [Substring: Int] = [:]
    /// How many inferences of a life had to be made again.
    private var wasted: [Int: Int] = [:]

    private static let secondsPerPage = "0.01"
    /// A daemon that does not come to its fault point by then is killed all the same.
    private static let longestLife = 4.0

    init(rounds: Int, seed: UInt64) throws {
        self.rounds = rounds
        folder = try SoakFolder()
        stream = try SoakStream(folder, seed: seed)
        random = SeededGenerator(seed: ~seed)
    }

    /// - Throws: `SoakFailure` when something is wrong; the folder is still there then.
    mutating func run() async throws {
        for round in 0..<rounds {
            let point = round.isMultiple(of: 2) ? FaultPoint.allCases[round / 2 % FaultPoint.allCases.count] : nil
            try await live(round, until: point)
        }
        try await end()
        figures.dropped = stream.account.versions.count
        figures.contents = stream.account.documentCount
        try check("at the end", SoakVerdict(folder: folder, account: stream.account).problems())
        let surplus = "\(figures.inferences) inferences of \(figures.contents) contents with \(figures.kills) kills"
        try check("at the end", figures.inferences > figures.contents + figures.kills ? [surplus] : [])
        try audit("at the end", isAtEnd: true)
    }

    /// One life of the daemon, ended by a kill; and the time until the next.
    private mutating func live(_ round: Int, until point: FaultPoint?) async throws {
        var arguments = [folder.configurationFile, "--log", folder.inferenceLog, "--page-seconds", Self.secondsPerPage]
        var life = Self.longestLife
        if let point {
            arguments += ["--die-at", "\(point.rawValue):\(Int.random(in: 1...8, using: &random))"]
        } else {
            life = Double.random(in: 0...(random.happens(0.4) ? 0.15 : 1), using: &random)
        }
        let auditAfter = random.happens(0.5) ? Double.random(in: 0...life / 4, using: &random) : life
        let daemon = try TestDaemonProcess(arguments, output: folder.output)
        let start = ContinuousClock.now
        var isAudited = false
        while daemon.isRunning, ContinuousClock.now - start < .seconds(life) {
            try stream.step()
            if !isAudited, ContinuousClock.now - start > .seconds(auditAfter) {
                isAudited = true
                try audit("in round \(round), while the daemon ran")
            }
            try await Task.sleep(for: .milliseconds(15))
        }
        if daemon.isRunning {
            daemon.kill()
            figures.killsAtRandom += 1
        } else {
            try check(
                "in round \(round)",
                daemon.exitCode == 128 + SIGKILL ? [] : ["the daemon ended by itself: \(daemon.exitCode ?? 0)"])
            figures.killsAtPoints += 1
        }
        if !isAudited { try audit("after the kill of round \(round)") }
        try countInferences(round)
        for _ in 0..<Int.random(in: 0...4, using: &random) { try stream.step() }
    }

    /// Lets the last daemon finish what the stream has begun, stops it, and has another one work off what is left.
    private mutating func end() async throws {
        let arguments = [folder.configurationFile, "--log", folder.inferenceLog]
        let starts = folder.starts
        let last = try TestDaemonProcess(arguments, output: folder.output)
        let start = ContinuousClock.now
        // It hears SIGTERM once it has said that it is ready.
        while !stream.isSettled || folder.starts == starts, last.isRunning, ContinuousClock.now - start < .seconds(60) {
            try stream.step(isEnding: true)
            try await Task.sleep(for: .milliseconds(15))
        }
        try check("at the end", stream.isSettled && last.isRunning ? [] : ["a version that was written is never taken"])
        last.terminate()
        try await expectEnd(of: last, "after SIGTERM")
        try await expectEnd(of: TestDaemonProcess(arguments + ["--drain"], output: folder.output), "of a drain")
        try countInferences(rounds)
    }

    private func expectEnd(of daemon: TestDaemonProcess, _ moment: String) async throws {
        let start = ContinuousClock.now
        while daemon.isRunning, ContinuousClock.now - start < .seconds(60) {
            try await Task.sleep(for: .milliseconds(20))
        }
        try check(
            "at the end",
            daemon.exitCode == 0
                ? [] : ["the end \(moment) was \(daemon.exitCode.map(String.init) ?? "awaited in vain")"])
    }

    private mutating func audit(_ moment: String, isAtEnd: Bool = false) throws {
        guard let ledger = folder.ledger else { return }
        let report = try Audit(folder.configuration, ledger: ledger).run()
        figures.audits += 1
        var problems = report.gaps.map { "\($0.kind) \($0.path): \($0.message)" }
        if isAtEnd, report.inWork + report.waiting + report.left + report.strangers > 0 {
            problems.append("the audit finds files that are not accounted for: \(report)")
        }
        try check("\(moment), says the audit", problems)
    }

    /// Each kill may cost the inference that was under way, no more. What is read again is charged to the life that read it before.
    private mutating func countInferences(_ round: Int) throws {
        let log = (try? String(contentsOfFile: folder.inferenceLog, encoding: .utf8)) ?? ""
        for line in log.split(separator: "\n").dropFirst(figures.inferences) {
            figures.inferences += 1
            if let life = lastInference.updateValue(round, forKey: line) { wasted[life, default: 0] += 1 }
        }
        figures.mostRepeatedPerKill = wasted.values.max() ?? 0
        let problem = "after a kill \(figures.mostRepeatedPerKill) documents were read again"
        try check("in round \(round)", figures.mostRepeatedPerKill > 1 ? [problem] : [])
    }

    private func check(_ moment: String, _ problems: [String]) throws {
        guard problems.isEmpty else { throw SoakFailure(folder: folder.root, moment: moment, problems: problems) }
    }
}

struct SoakFigures {
    var killsAtPoints = 0
    var killsAtRandom = 0
    var dropped = 0
    var contents = 0
    var inferences = 0
    var mostRepeatedPerKill = 0
    var audits = 0

    var kills: Int { killsAtPoints + killsAtRandom }
}

struct SoakFailure: Error, CustomStringConvertible {
    let folder: String
    let moment: String
    let problems: [String]

    var description: String {
        "\(moment) (everything is still in \(folder)):\n" + problems.prefix(20).joined(separator: "\n")
    }
}
