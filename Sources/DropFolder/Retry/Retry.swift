import Files

/// Sends failed documents back to their inboxes, where they arrive anew.
///
/// May be done while a service runs: the ledger allows for it, and files only move from `failed` to the inbox.
public struct Retry: Sendable {
    private let ledger: Ledger
    private let folders: FolderGuard

    public init(ledger: Ledger) {
        self.ledger = ledger
        folders = FolderGuard(ledger: ledger, acceptsNewMounts: false)
    }

    /// Sends one back: its document waits again, its file goes to the inbox, its error goes away.
    ///
    /// - Returns: where the file is now.
    /// - Throws: `RetryError`; nothing has changed then, except where it says so.
    public func send(_ id: Int64) throws(RetryError) -> String {
        do {
            let arrival = try ledger.arrival(id)
            let held = try hold(arrival)
            defer { withExtendedLifetime(held) {} }
            // A return that was cut off is taken up where it was.
            guard arrival.state != .returning else { return try finish(arrival) }
            guard arrival.state == .failed, let names = arrival.names else {
                throw RetryError.notFailed(id: id, state: arrival.state)
            }
            guard try Files.identity(of: names.source) != nil else {
                throw RetryError.gone(id: id, path: names.source)
            }
            guard try Files.isFolder(arrival.inbox) else { throw RetryError.gone(id: id, path: arrival.inbox) }
            // Where the file cannot go back to, nothing is begun.
            _ = try FolderInside(arrival.inbox, OutputNaming.parts(of: arrival.path).folder, making: true)
            guard let returning = try ledger.startReturn([id]).first else { return names.source }
            return try finish(returning)
        } catch let error as RetryError {
            throw error
        } catch let error as LedgerError {
            throw .ledger(error)
        } catch let error as FileError {
            throw .file(id: id, error)
        } catch let error as FolderFault {
            throw .folder(id: id, reason: error.message)
        } catch {
            preconditionFailure("only these four are thrown")
        }
    }

    /// Makes sure that the file systems are there that the file comes from and goes to: what looks gone may only be unmounted, and
    /// nothing is written under a bare mount point.
    private func hold(_ arrival: Arrival) throws -> [HeldFolder] {
        var folders = [arrival.inbox]
        var rest = (arrival.names?.source ?? "")[...]
        while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")), slash != rest.startIndex {
            rest = rest[..<slash]
            if try ledger.mount(of: String(rest)) != nil { folders.append(String(rest)) }
        }
        return try folders.map(self.folders.hold)
    }

    /// Does what is left of a return. Can be repeated.
    private func finish(_ arrival: Arrival) throws -> String {
        guard let names = arrival.names else {
            try ledger.finishReturn(arrival.id)
            return ""
        }
        var target = "\(arrival.inbox)/\(arrival.path)"
        if try Files.identity(of: names.source) != nil { target = try moveBack(names.source, arrival) }
        try Files.remove(names.output)
        try ledger.finishReturn(arrival.id)
        return target
    }

    private func moveBack(_ source: String, _ arrival: Arrival) throws(FileError) -> String {
        let name = OutputNaming.name(of: arrival.path)
        // Whoever drops files must not lead this one elsewhere by a link.
        let folder = try FolderInside(arrival.inbox, OutputNaming.parts(of: arrival.path).folder, making: true)
        Files.removeTemporaryFiles(beside: folder.path(name))
        var number = 1
        while true {
            let target = folder.path(OutputNaming.numbered(name, number))
            do {
                try Files.move(source, to: target)
            } catch {
                guard error.cause == .exists else { throw folder.named(error) }
                // A copy to another file system may have been cut off behind its last step but one.
                guard try Files.isRegularFile(target), try Files.sha256(of: target) == Files.sha256(of: source) else {
                    number += 1
                    continue
                }
                try Files.remove(source)
            }
            return "\(arrival.inbox)/\(OutputNaming.numbered(arrival.path, number))"
        }
    }
}

/// Why a document was not sent back.
public enum RetryError: Error, Sendable, CustomStringConvertible {
    case notFailed(id: Int64, state: ArrivalState)
    case gone(id: Int64, path: String)
    case ledger(LedgerError)
    /// The next start of the service, or the next retry, goes on with it.
    case file(id: Int64, FileError)
    /// A folder is not what it was: it was unmounted.
    case folder(id: Int64, reason: String)

    public var description: String {
        switch self {
        case .notFailed(let id, let state): "\(id): has not failed but is \(state.rawValue); `gleaner status` lists what has failed"
        case .gone(let id, let path): "\(id): \(path) is not there; drop the document into the inbox again"
        case .ledger(let error): error.description
        case .file(let id, let error): "\(id): \(error)"
        case .folder(let id, let reason): "\(id): \(reason)"
        }
    }
}
