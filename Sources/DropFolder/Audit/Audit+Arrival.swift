import Files
import JSONSchema

/// What must be true of one arrival, by its state.
extension Audit {
    func gaps(of entry: AuditEntry) -> [AuditReport.Gap] {
        do {
            switch entry.arrival.state {
            case .captured, .reserved, .delivered: return try pendingGaps(entry)
            case .done: return try recordGaps(entry) + sourceGaps(entry)
            case .failed: return try errorGaps(entry) + sourceGaps(entry)
            case .returning, .returned: return []
            }
        } catch let error as FileError {
            return [gap(.source, entry, error.path, "cannot be looked at: \(error)")]
        } catch {
            return [gap(.ledger, entry, ledger.path, "\(error)")]
        }
    }

    /// The bytes are safe: in the spool, or in the last folder already.
    private func pendingGaps(_ entry: AuditEntry) throws -> [AuditReport.Gap] {
        guard let key = entry.key else { return [] }
        let spool = Spool(folder: "\(configuration.state)/spool").path(entry.arrival.spool ?? "")
        let places = [spool] + [entry.arrival.names?.source].compactMap(\.self)
        for place in places where try Files.identity(of: place) != nil {
            if try Files.sha256(of: place) == key.sha256 { return [] }
        }
        return [gap(.pending, entry, spool, "the bytes of a document in work are nowhere")]
    }

    private func recordGaps(_ entry: AuditEntry) throws -> [AuditReport.Gap] {
        let arrival = entry.arrival
        guard let names = arrival.names, case .record(let sha256, let pageCount, let pagesRead) = entry.outcome else {
            return [gap(.ledger, entry, ledger.path, "done without a record")]
        }
        var gaps: [AuditReport.Gap] = []
        let selection = configuration.inboxes.first { $0.path == arrival.inbox }?.reading(of: arrival.path).pages
        if selection == .all, pagesRead != pageCount {
            gaps.append(gap(.record, entry, names.output, "\(pagesRead) of \(pageCount) pages were read"))
        }
        gaps += try lineGaps(entry, names)
        guard try Files.identity(of: names.output) != nil else {
            return gaps + (toleratesTaken ? [] : [gap(.record, entry, names.output, "the record is not there")])
        }
        guard let record = try? JSONValue(parsing: Files.read(names.output, limit: 1 << 30)) else {
            return gaps + [gap(.record, entry, names.output, "the record is not JSON")]
        }
        if Files.sha256(of: record.serialized()) != sha256 {
            gaps.append(gap(.record, entry, names.output, "the record is not the one that was delivered"))
        }
        if let violation = entry.key.flatMap({ schemas[$0.schema] })?.violation(in: record) {
            gaps.append(gap(.record, entry, names.output, "the record breaks its schema: \(violation)"))
        }
        return gaps
    }

    private func errorGaps(_ entry: AuditEntry) throws -> [AuditReport.Gap] {
        guard let names = entry.arrival.names, case .failure(let code) = entry.outcome else {
            return [gap(.ledger, entry, ledger.path, "failed without a reason")]
        }
        guard try Files.identity(of: names.output) != nil else {
            return toleratesTaken ? [] : [gap(.record, entry, names.output, "the error is not there")]
        }
        let error = try? JSONValue(parsing: Files.read(names.output, limit: 1 << 30))
        guard error?["code"]?.stringValue == code else {
            return [gap(.record, entry, names.output, "the error is not the one that was written")]
        }
        return []
    }

    /// The document itself, whole.
    private func sourceGaps(_ entry: AuditEntry) throws -> [AuditReport.Gap] {
        guard let names = entry.arrival.names else { return [] }
        if try Files.identity(of: names.source) == nil {
            // What could not be read could not be copied: if it could not be moved either, it is where it was.
            if toleratesTaken || entry.key == nil && entry.arrival.sourceLeft { return [] }
            return [gap(.source, entry, names.source, "the document is not there")]
        }
        guard let key = entry.key, try Files.sha256(of: names.source) != key.sha256 else { return [] }
        return [gap(.source, entry, names.source, "the bytes of the document have changed")]
    }

    func gap(
        _ kind: AuditReport.Gap.Kind, _ entry: AuditEntry, _ path: String, _ message: String
    ) -> AuditReport.Gap {
        AuditReport.Gap(kind: kind, arrival: entry.arrival.id, path: path, message: message)
    }
}
