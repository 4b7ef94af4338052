import Files

/// Brings records and files into their folders, in batches, so that many share one write of the ledger.
///
/// Of each arrival, in this order: names are promised in the ledger; the record is written, synced and renamed; its lines are appended;
/// the ledger notes that it is delivered; the source is moved; the ledger closes it; the copy in the spool goes. After a crash at any
/// point, doing all of it again changes nothing that is there.
struct DeliveryStage: Stage {
    let name = "delivery"
    let context: Context

    private static let batchSize = 32

    func run() {
        while let batch = context.pipeline.nextToDeliver(count: Self.batchSize) {
            guard !batch.isEmpty else { continue }
            context.heartbeat.beat(name)
            deliver(batch)
            context.heartbeat.idle(name)
        }
    }

    private func deliver(_ batch: [Work]) {
        guard var deliveries = load(batch) else { return }
        var held: [String: HeldFolder] = [:]
        keep(&deliveries) { delivery throws(FolderFault) in try hold(delivery, &held) }

        keep(&deliveries) { delivery throws(FolderFault) in try delivery.promiseNames(context.pipeline) }
        guard (try? reserve(deliveries.filter(\.isToBeReserved))) != nil else { return }

        keep(&deliveries) { delivery throws(FolderFault) in try write(&delivery) }
        let undelivered = deliveries.filter { $0.arrival.state != .delivered }
        guard persist({ () throws(LedgerError) in try context.ledger.delivered(undelivered.map(\.work.arrival)) })
        else { return }
        context.reached(.delivered)

        keep(&deliveries) { delivery throws(FolderFault) in
            while !(try delivery.moveSource(context.spool, context.reached)) {
                let arrival = delivery.work.arrival
                let source = try delivery.promiseSource(context.pipeline)
                try require { () throws(LedgerError) in try context.ledger.rename(source: source, of: arrival) }
            }
            context.reached(.sourceMoved)
        }
        guard
            persist({ () throws(LedgerError) in
                try context.ledger.close(deliveries.map { (arrival: $0.work.arrival, sourceLeft: $0.isSourceLeft) })
            })
        else { return }
        context.reached(.closed)
        deliveries.forEach(finish)
    }

    private func persist(_ body: () throws(LedgerError) -> Void) -> Bool { context.persist(body) != nil }

    /// Writes down what the next step depends on; a delivery that cannot have it goes on after the next start.
    private func require(_ body: () throws(LedgerError) -> Void) throws(FolderFault) {
        guard persist(body) else { throw FolderFault(folder: context.spool.folder, message: "the service stops") }
    }

    private func load(_ batch: [Work]) -> [Delivery]? {
        context.persist { () throws(LedgerError) in
            try batch.map { work throws(LedgerError) in try Delivery(work, context.ledger) }
        }
    }

    /// Goes on with those deliveries that can go on; the others wait until their folder is back.
    private func keep(_ deliveries: inout [Delivery], _ step: (inout Delivery) throws(FolderFault) -> Void) {
        var kept: [Delivery] = []
        for var delivery in deliveries {
            context.heartbeat.beat(name)
            do {
                try step(&delivery)
                kept.append(delivery)
            } catch {
                context.health.set("folder \(error.folder)", error.message)
                context.pipeline.block(delivery.work, seconds: context.limits.pauseSeconds)
                if context.limits.isDrain { context.pipeline.stop(abandonAfter: 0) }
            }
        }
        deliveries = kept
    }

    /// Makes sure of every folder that a delivery writes to.
    private func hold(_ delivery: Delivery, _ held: inout [String: HeldFolder]) throws(FolderFault) {
        for folder in delivery.folders where held[folder] == nil {
            held[folder] = try context.folders.hold(folder)
        }
    }

    private func reserve(_ deliveries: [Delivery]) throws(FolderFault) {
        let names = deliveries.compactMap { delivery in
            delivery.names.map { (arrival: delivery.work.arrival, names: $0) }
        }
        guard !names.isEmpty else { return }
        try require { () throws(LedgerError) in try context.ledger.reserve(names) }
        context.reached(.reserved)
    }

    private func write(_ delivery: inout Delivery) throws(FolderFault) {
        guard delivery.arrival.state != .delivered else { return }
        while !(try delivery.writeOutput()) {
            // Someone else has taken the name since it was promised.
            try delivery.promiseNames(context.pipeline, anew: true)
            try reserve([delivery])
        }
        context.reached(.recordWritten)
        while !(try delivery.writeLines(context.reached)) {
            try delivery.promiseLines()
            try reserve([delivery])
        }
        context.reached(.linesWritten)
    }

    private func finish(_ delivery: Delivery) {
        let work = delivery.work
        // That a folder is there again does not say that it can be written to.
        for folder in delivery.folders { context.health.clear("folder \(folder)") }
        delivery.forgetPromises(context.pipeline)
        // A copy that stays behind is removed at the next start.
        if let spool = work.spool { try? Files.remove(context.spool.path(spool)) }
        context.reached(.spoolRemoved)
        if !delivery.isSourceLeft {
            context.known.remove(inbox: work.inbox.index, path: work.note.path, identity: work.identity)
        }
        context.pipeline.closed(work)
        switch delivery.outcome {
        case .record:
            context.tell(
                .done(work.note, record: delivery.names?.output ?? "", sourceLeft: delivery.isSourceLeft))
        case .failure(let failure):
            context.tell(.failed(work.note, failure, sourceLeft: delivery.isSourceLeft))
        }
    }
}
