import Files

/// Safe copies of the files in work, in the state folder: what happens in an inbox does not touch them.
struct Spool: Sendable {
    let folder: String

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    static func newName() -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz")
        return String((0..<16).map { _ in digits.randomElement() ?? "0" })
    }

    /// Whether the copy is there, or could be taken again from the source.
    func restore(_ work: Work) throws(FileError) -> Bool {
        guard let name = work.spool, let identity = work.identity else { return false }
        if try Files.identity(of: path(name)) != nil { return true }
        let result = try? Files.capture(
            "\(work.inbox.path)/\(work.note.path)", expected: identity, to: path(name), limit: work.note.byteCount)
        guard case .captured(let file)? = result else { return false }
        if file.sha256 == work.sha256 { return true }
        try Files.remove(path(name))
        return false
    }

    /// Removes copies that no arrival needs: their capture was cut off before the ledger knew of it.
    func removeAll(except names: Set<String>) throws(FileError) {
        for name in try Files.names(in: folder) where !names.contains(name) { try Files.remove(path(name)) }
    }
}
