import Files
import JSONSchema

/// One arrival on its way into the output folders.
struct Delivery {
    let work: Work
    let arrival: Arrival
    let outcome: Outcome
    private(set) var names: OutputNames?
    /// Whether names were chosen that the ledger does not know yet.
    private(set) var isToBeReserved = false
    private(set) var isSourceLeft = false

    private let key: DocumentKey?

    init(_ work: Work, _ ledger: Ledger) throws(LedgerError) {
        self.work = work
        arrival = try ledger.arrival(work.arrival)
        outcome = try ledger.outcome(of: arrival)
        key = try ledger.key(of: arrival)
        names = arrival.names
    }

    private var inbox: InboxConfiguration { work.inbox.configuration }

    private var isRecord: Bool {
        switch outcome {
        case .record: true
        case .failure: false
        }
    }

    private var outputFolder: String { isRecord ? inbox.records : inbox.failed }
    private var sourceFolder: String { isRecord ? inbox.done : inbox.failed }

    /// Every folder that must be there: where the file lies, and where its record and it go.
    var folders: [String] {
        let lines = isRecord ? [inbox.jsonl, inbox.csv].compactMap { $0.map(Self.folder) } : []
        return [inbox.path, outputFolder, sourceFolder] + lines
    }

    private static func folder(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "/"
    }
}

// Promises.
extension Delivery {
    /// Chooses names, and places for the lines, unless the ledger has them from before.
    mutating func promiseNames(_ pipeline: Pipeline, anew: Bool = false) throws(FolderFault) {
        guard names == nil || anew else { return }
        let naming = OutputNaming(
            outputFolder: outputFolder, sourceFolder: sourceFolder, outputSuffix: isRecord ? ".json" : ".error.json")
        let path = work.note.path
        let chosen = try inFolder(outputFolder) { () throws(FileError) in
            let names = try naming.free(for: path, except: pipeline.read(\.promisedNames))
            // The same relative folders as in the inbox.
            try Files.makeFolder(Self.folder(of: names.output))
            try Files.makeFolder(Self.folder(of: names.source))
            return names
        }
        pipeline.change { $0.promisedNames.formUnion([chosen.output, chosen.source]) }
        names = OutputNames(output: chosen.output, source: chosen.source, lines: names?.lines, csv: names?.csv)
        isToBeReserved = true
    }

    /// Chooses another name for the source: someone else has taken the one that was promised.
    ///
    /// - Returns: the name, which the ledger does not know yet.
    mutating func promiseSource(_ pipeline: Pipeline) throws(FolderFault) -> String {
        let naming = OutputNaming(outputFolder: outputFolder, sourceFolder: sourceFolder, outputSuffix: "")
        let path = work.note.path
        let source = try inFolder(sourceFolder) { () throws(FileError) in
            try naming.freeSource(for: path, except: pipeline.read(\.promisedNames))
        }
        pipeline.change { _ = $0.promisedNames.insert(source) }
        names?.source = source
        return source
    }

    /// Promises the ends of the line files to this delivery, where no line of it stands yet.
    mutating func promiseLines() throws(FolderFault) {
        guard isRecord else { return }
        if let path = inbox.jsonl, names?.lines == nil {
            let place = try promise(in: path, header: [])
            names?.lines = place
        }
        if let path = inbox.csv, names?.csv == nil, let layout = work.reading.csv {
            let place = try promise(in: path, header: layout.header)
            names?.csv = place
        }
        isToBeReserved = true
    }

    private func promise(in path: String, header: [UInt8]) throws(FolderFault) -> AppendIntent {
        let place = try inFolder(Self.folder(of: path)) { () throws(FileError) in
            try LineFile(path: path).nextPlace(header: header)
        }
        return AppendIntent(path: path, inode: place.inode, offset: place.offset)
    }

    func forgetPromises(_ pipeline: Pipeline) {
        guard let names else { return }
        pipeline.change { $0.promisedNames.subtract([names.output, names.source]) }
    }
}

// Steps, each of which finds its own work done if it was.
extension Delivery {
    /// False when the name is taken by something else.
    func writeOutput() throws(FolderFault) -> Bool {
        guard let names else { return false }
        let bytes = outputBytes
        return try inFolder(outputFolder) { () throws(FileError) in
            // Someone may have tidied up since the name was promised.
            try Files.makeFolder(Self.folder(of: names.output))
            do throws(FileError) {
                try Files.write(bytes, to: names.output)
                return true
            } catch where error.cause == .exists {
                guard (try? Files.read(names.output, limit: bytes.count + 1)) == bytes else { return false }
                // A crash may have come between the name and its way to the disk.
                try Files.sync(folder: Self.folder(of: names.output))
                return true
            }
        }
    }

    /// False when lines are wanted and not promised, or when the place that was promised is lost.
    mutating func writeLines(_ reached: (FaultPoint) -> Void) throws(FolderFault) -> Bool {
        guard case .record(let record) = outcome, let value = try? JSONValue(parsing: record.record) else { return true }
        if let path = inbox.jsonl {
            let line = RecordLine.jsonLine(
                arrival: work.arrival, inbox: work.inbox.name, path: work.note.path, sha256: work.sha256,
                pageCount: record.pageCount, record: value)
            guard try append(line, to: path, names?.lines) else {
                names?.lines = nil
                return false
            }
            reached(.lineWritten)
        }
        if let path = inbox.csv, let layout = work.reading.csv {
            let line = layout.line(arrival: work.arrival, path: work.note.path, record: value)
            guard try append(line, to: path, names?.csv) else {
                names?.csv = nil
                return false
            }
        }
        return true
    }

    private func append(_ line: [UInt8], to path: String, _ intent: AppendIntent?) throws(FolderFault) -> Bool {
        guard let intent, intent.path == path else { return false }
        return try inFolder(Self.folder(of: path)) { () throws(FileError) in
            try LineFile(path: path).write(line, at: LineFile.Place(inode: intent.inode, offset: intent.offset))
        }
    }

    /// False when the name is taken by something else.
    mutating func moveSource(
        _ spool: Spool, _ reached: @escaping @Sendable (FaultPoint) -> Void
    ) throws(FolderFault) -> Bool {
        guard let names else { return false }
        // Nothing of it is left to move.
        if case .failure(let failure) = outcome, failure.code == DocumentFailure.copyLost.code { return true }
        let ending = try inFolder(sourceFolder) { () throws(FileError) in
            try SourceMover(work: work, spool: spool, target: names.source, reached: reached).move()
        }
        isSourceLeft = ending == .sourceLeft
        return ending != .nameTaken
    }

    private var outputBytes: [UInt8] {
        switch outcome {
        case .record(let record):
            // As it was checked; laid out for people.
            (try? JSONValue(parsing: record.record).serialized(pretty: true)).map { $0 + Array("\n".utf8) }
                ?? record.record
        case .failure(let failure): ErrorRecord.bytes(failure, of: work, key: key, arrivedAt: arrival.arrivedAt)
        }
    }

    private func inFolder<Result>(
        _ folder: String, _ body: () throws(FileError) -> Result
    ) throws(FolderFault) -> Result {
        do {
            return try body()
        } catch {
            throw FolderFault(folder: folder, message: error.description)
        }
    }
}
