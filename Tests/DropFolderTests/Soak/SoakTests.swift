import Foundation
import Testing

/// `make soak` sets the rounds; a seed that failed can be given again.
@Suite struct SoakTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let rounds = environment["GLEANER_SOAK_ROUNDS"].flatMap(Int.init) ?? 20
    private static let seed = environment["GLEANER_SOAK_SEED"].flatMap(UInt64.init) ?? .random(in: 0...999_999)

    @Test func nothingIsLostAndNothingComesTwiceWhateverKillsTheDaemon() async throws {
        print("soak: \(Self.rounds) rounds, GLEANER_SOAK_SEED=\(Self.seed)")
        var soak = try Soak(rounds: Self.rounds, seed: Self.seed)
        do {
            try await soak.run()
        } catch {
            Issue.record("GLEANER_SOAK_SEED=\(Self.seed): \(error)")
            return
        }
        let figures = soak.figures
        print(
            "soak: \(figures.killsAtPoints) kills at fault points, \(figures.killsAtRandom) at random moments; "
                + "\(figures.dropped) versions dropped of \(figures.contents) documents, \(figures.inferences) inferences, "
                + "at most \(figures.mostRepeatedPerKill) repeated after a kill; \(figures.audits) audits")
        soak.folder.remove()
    }
}
