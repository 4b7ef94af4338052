import Files

/// Takes up what the last run left: it may have been stopped at any moment.
struct Recovery {
    let context: Context
    let inboxes: [InboxRuntime]

    /// Waits for the ledger as long as its disk is full or read-only.
    func run() {
        _ = context.persist { () throws(LedgerError) in try takeUp() }
    }

    /// Can be repeated.
    private func takeUp() throws(LedgerError) {
        try context.ledger.recoverInterrupted()
        let unfinished = try context.ledger.unfinished()
        do throws(FileError) {
            try context.spool.removeAll(except: Set(unfinished.compactMap(\.spool)))
        } catch {
            context.tell(.warning("what the last run left cannot be removed: \(error)"))
        }
        inboxes.forEach(removeTemporaryFiles)
        // Before those in work, which may be later versions of the same files.
        for inbox in inboxes {
            for left in try context.ledger.leftSources(inbox: inbox.path) {
                context.known.add(inbox: inbox.index, path: left.path, identity: left.identity)
            }
        }
        // Those whose lines were begun come first: nothing may be appended behind a line that is torn.
        for arrival in unfinished where arrival.hasLines { try resume(arrival) }
        for arrival in unfinished where !arrival.hasLines { try resume(arrival) }
    }

    private func resume(_ arrival: Arrival) throws(LedgerError) {
        guard let inbox = inboxes.first(where: { $0.path == arrival.inbox }) else {
            return context.tell(
                .warning(
                    "\(arrival.inbox)/\(arrival.path): waits in the ledger, but its inbox is no longer configured; configure it "
                        + "again to have it finished"))
        }
        // `gleaner retry` was cut off.
        guard arrival.state != .returning else { return finishReturn(of: arrival) }
        removeTemporaryFiles(of: arrival)
        let reading = inbox.reading(of: arrival.path)
        guard let id = arrival.document else { return admit(arrival, nil, inbox, reading) }
        var document = try context.ledger.document(id)
        let key = reading.key(sha256: document.key.sha256)
        if !document.hasOutcome, key != document.key {
            // Schema, model or options have changed since the file was taken: it is read as the configuration says now.
            document = try context.ledger.rekey(arrival: arrival.id, to: key)
        }
        admit(arrival, document, inbox, reading)
    }

    private func admit(_ arrival: Arrival, _ document: DocumentEntry?, _ inbox: InboxRuntime, _ reading: Reading) {
        let work = Work(arrival, document, inbox, reading)
        if let identity = arrival.identity {
            context.known.add(inbox: inbox.index, path: arrival.path, identity: identity)
        }
        if let names = arrival.names {
            context.pipeline.change { $0.promisedNames.formUnion([names.output, names.source]) }
        }
        context.pipeline.admit(work, hasOutcome: document?.hasOutcome ?? true)
    }

    private func finishReturn(of arrival: Arrival) {
        do throws(RetryError) {
            _ = try Retry(ledger: context.ledger).send(arrival.id)
        } catch {
            context.tell(.warning("a retry was cut off and cannot go on: \(error); retry it again then"))
        }
    }

    /// Files that were being written for an inbox as a whole.
    private func removeTemporaryFiles(of inbox: InboxRuntime) {
        let marker = "\(inbox.path)/\(InboxNames.marker)"
        for path in [marker, inbox.configuration.jsonl, inbox.configuration.csv].compactMap(\.self) {
            Files.removeTemporaryFiles(beside: path)
        }
    }

    /// Files that were being written beside the promised names.
    private func removeTemporaryFiles(of arrival: Arrival) {
        guard let names = arrival.names else { return }
        for name in [names.output, names.source] { Files.removeTemporaryFiles(beside: name) }
    }
}

extension Arrival {
    /// Whether places in files of lines are promised to it.
    fileprivate var hasLines: Bool { names?.lines != nil || names?.csv != nil }
}
