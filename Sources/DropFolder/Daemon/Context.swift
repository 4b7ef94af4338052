import Foundation

/// What every stage of the service works with.
struct Context: Sendable {
    let limits: ServiceLimits
    let ledger: Ledger
    let pipeline: Pipeline
    let health: HealthBoard
    let heartbeat: Heartbeat
    let folders: FolderGuard
    let spool: Spool
    let known: KnownFiles
    let tell: @Sendable (DaemonEvent) -> Void
    let reached: @Sendable (FaultPoint) -> Void

    /// Does something with the ledger, as often as it takes: while its disk is full or read-only, the stage waits here.
    ///
    /// - Returns: nil when the service stopped first. What was not written down is done again after the next start.
    func persist<Result>(_ body: () throws(LedgerError) -> Result) -> Result? {
        var hasFailed = false
        while true {
            do {
                let result = try body()
                // What others can still do, such as reading, does not say that this could be done.
                if hasFailed { health.clear(Self.stateComponent) }
                return result
            } catch {
                guard error.isMachineFault else {
                    pipeline.fail(.ledger(error))
                    return nil
                }
                hasFailed = true
                health.set(Self.stateComponent, error.description)
                if pause(Self.stateComponent) { return nil }
            }
        }
    }

    static let stateComponent = "state"
    /// The copies of files in work.
    static let spoolComponent = "spool"

    /// Waits before the next try of what the machine refused; true when the service stops, which a drain does at once.
    func pause(_ component: String) -> Bool {
        if limits.isDrain { pipeline.stop(abandonAfter: 0) }
        // Whoever waits for the machine to get well is alive.
        let stage = Thread.current.name ?? ""
        heartbeat.idle(stage)
        defer { heartbeat.beat(stage) }
        return pipeline.pause(seconds: limits.pauseSeconds)
    }
}

/// Numbers of the configuration that stages go by.
struct ServiceLimits: Sendable {
    let isDrain: Bool
    /// Between tries after a fault of the machine.
    let pauseSeconds: Double
    /// Extractions of one document that may end with the process before the document is held to be the cause.
    let maximumInterruptions: Int
}
