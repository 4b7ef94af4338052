import Files
import Foundation
import JSONSchema

/// Line files: every line whole, every line once.
extension Audit {
    /// The lines of one arrival stand where the ledger says. A file that was rotated away is not looked for.
    func lineGaps(_ entry: AuditEntry, _ names: OutputNames) throws -> [AuditReport.Gap] {
        let arrival = entry.arrival
        guard names.lines != nil || names.csv != nil, let key = entry.key,
            case .record(let record) = try ledger.outcome(of: arrival),
            let inbox = configuration.inboxes.first(where: { $0.path == arrival.inbox })
        else { return [] }
        let value = try JSONValue(parsing: record.record)
        var gaps: [AuditReport.Gap] = []
        if let place = names.lines {
            let line = RecordLine.jsonLine(
                arrival: arrival.id, inbox: inbox.name, path: arrival.path, sha256: key.sha256,
                pageCount: record.pageCount, record: value)
            if try !holds(line, place) { gaps.append(gap(.line, entry, place.path, "the line is not where it was written")) }
        }
        if let place = names.csv, let schema = schemas[key.schema], let layout = CSVLayout(schema: schema.value) {
            let line = layout.line(arrival: arrival.id, path: arrival.path, record: value)
            if try !holds(line, place) { gaps.append(gap(.line, entry, place.path, "the line is not where it was written")) }
        }
        return gaps
    }

    private func holds(_ line: [UInt8], _ place: AppendIntent) throws(FileError) -> Bool {
        try LineFile(path: place.path).holds(line, at: .init(inode: place.inode, offset: place.offset)) ?? true
    }

    /// Every line of a JSONL file is a JSON value, and none comes twice.
    func checkLines(_ inbox: InboxConfiguration, _ report: inout AuditReport) {
        guard let path = inbox.jsonl, let file = FileHandle(forReadingAtPath: path) else { return }
        defer { try? file.close() }
        var number = 0
        var seen: Set<[UInt8]> = []
        var rest: [UInt8] = []
        while let chunk = try? file.read(upToCount: 1 << 20), !chunk.isEmpty {
            rest += chunk
            var start = rest.startIndex
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                number += 1
                let line = Array(rest[start..<end])
                start = end + 1
                guard let value = try? JSONValue(parsing: line) else {
                    report.gaps.append(.init(kind: .line, arrival: nil, path: path, message: "line \(number) is not JSON"))
                    continue
                }
                // Its hash, so that memory stays small.
                if !seen.insert(Array(Files.sha256(of: line).utf8.prefix(24))).inserted {
                    report.gaps.append(
                        .init(
                            kind: .line, arrival: value["id"]?.intValue.map(Int64.init), path: path,
                            message: "line \(number) is there twice"))
                }
            }
            rest.removeFirst(start)
        }
        if !rest.isEmpty {
            report.gaps.append(.init(kind: .line, arrival: nil, path: path, message: "the last line is torn"))
        }
    }
}
