import Files

/// Takes up what the last run left: it may have been stopped at any moment.
struct Recovery {
    let context: Context
    let inboxes: [InboxRuntime]

    func run() throws(DaemonError) {
        do {
            try context.ledger.recoverInterrupted()
            let unfinished = try context.ledger.unfinished()
            do {
                try context.spool.removeAll(except: Set(unfinished.compactMap(\.spool)))
            } catch {
                throw DaemonError.state(error)
            }
            for arrival in unfinished { try resume(arrival) }
            for inbox in inboxes {
                for left in try context.ledger.leftSources(inbox: inbox.path) {
                    context.known.add(inbox: inbox.index, path: left.path, identity: left.identity)
                }
            }
        } catch let error as LedgerError {
            throw .ledger(error)
        } catch let error as DaemonError {
            throw error
        } catch {
            preconditionFailure("only these two are thrown")
        }
    }

    private func resume(_ arrival: Arrival) throws {
        guard let inbox = inboxes.first(where: { $0.path == arrival.inbox }) else {
            return context.tell(
                .warning(
                    "\(arrival.inbox)/\(arrival.path): waits in the ledger, but its inbox is no longer configured; configure it "
                        + "again to have it finished"))
        }
        if arrival.state == .returning {
            // `gleaner retry` was cut off.
            try Retry(ledger: context.ledger).finish(arrival)
            return
        }
        removeTemporaryFiles(of: arrival)
        guard var document = try arrival.document.map(context.ledger.document) else {
            return admit(arrival, nil, inbox, inbox.reading(of: arrival.path))
        }
        let reading = inbox.reading(of: arrival.path)
        if !document.hasOutcome {
            let key = reading.key(sha256: document.key.sha256)
            // Schema, model or options have changed since the file was taken: it is read as the configuration says now.
            if key != document.key { document = try context.ledger.rekey(arrival: arrival.id, to: key) }
            if !document.hasOutcome, try !restoreCopy(of: arrival, document, inbox) {
                try context.ledger.settle(document: document.id, .failure(.copyLost))
                document = try context.ledger.document(document.id)
            }
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

    /// Whether the copy in the spool is there, or could be taken again from the source.
    private func restoreCopy(of arrival: Arrival, _ document: DocumentEntry, _ inbox: InboxRuntime) throws -> Bool {
        guard let spool = arrival.spool else { return false }
        let copy = context.spool.path(spool)
        if try Files.identity(of: copy) != nil { return true }
        guard let identity = arrival.identity else { return false }
        let result = try? Files.capture(
            "\(inbox.path)/\(arrival.path)", expected: identity, to: copy, limit: document.byteCount)
        guard case .captured(let file) = result else { return false }
        if file.sha256 == document.key.sha256 { return true }
        try Files.remove(copy)
        return false
    }

    /// Files that were being written beside the promised names.
    private func removeTemporaryFiles(of arrival: Arrival) {
        guard let names = arrival.names else { return }
        for name in [names.output, names.source] { Files.removeTemporaryFiles(beside: name) }
    }
}
