import Files

/// Safe copies of the files in work, in the state folder: what happens in an inbox does not touch them.
struct Spool: Sendable {
    let folder: String

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    static func newName() -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz")
        return String((0..<16).map { _ in digits.randomElement() ?? "0" })
    }

    enum Finding {
        /// Taken again from the source.
        case restored
        /// It is gone for good, and the source is no longer what it was.
        case lost
        /// It is there, or cannot be looked for: the folder is unmounted, or its disk broken.
        case unavailable
    }

    /// Looks for a copy that could not be read.
    func lookFor(_ work: Work) -> Finding {
        do {
            guard let name = work.spool, let identity = work.identity else { return .lost }
            let copy = path(name)
            guard try Files.identity(of: copy) == nil, try Files.isFolder(folder) else { return .unavailable }
            let result = try Files.capture(
                "\(work.inbox.path)/\(work.note.path)", expected: identity, to: copy, limit: work.note.byteCount)
            guard case .captured(let file) = result else { return .lost }
            if file.sha256 == work.sha256 { return .restored }
            try Files.remove(copy)
            return .lost
        } catch {
            return .unavailable
        }
    }

    /// Removes copies that no arrival needs: their capture was cut off before the ledger knew of it.
    func removeAll(except names: Set<String>) throws(FileError) {
        for name in try Files.names(in: folder) where !names.contains(name) { try Files.remove(path(name)) }
    }
}
