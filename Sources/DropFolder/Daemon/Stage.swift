import Foundation

/// A part of the service with a thread of its own: what it does may block.
protocol Stage: Sendable {
    var name: String { get }
    var context: Context { get }
    /// Works until the service stops.
    func run()
}

extension Stage {
    func start() {
        context.pipeline.change { $0.runningStages += 1 }
        let thread = Thread {
            run()
            context.heartbeat.idle(name)
            context.pipeline.change { $0.runningStages -= 1 }
        }
        thread.name = name
        // Documents of deep structure recurse: the 512 KiB of secondary threads would be little.
        thread.stackSize = 8 << 20
        thread.start()
    }
}
