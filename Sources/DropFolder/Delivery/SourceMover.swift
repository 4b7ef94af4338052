import Files

/// Takes a file that has its outcome out of the inbox.
///
/// The source itself is moved when it is still the file that was read. Otherwise (replaced, overwritten, gone, or not to be moved) the
/// copy in the spool takes its place, and whatever lies in the inbox is a new file.
struct SourceMover {
    let work: Work
    let spool: Spool
    let target: String

    private var source: String { "\(work.inbox.path)/\(work.note.path)" }

    /// Can be repeated after a crash at any point.
    ///
    /// - Returns: true when the source could not be taken out of the inbox.
    /// - Throws: what went wrong with the target, or with reading.
    func move() throws(FileError) -> Bool {
        guard work.spool != nil else { return try moveUnread() }
        if try Files.identity(of: target) != nil {
            // A crash came between this move and the ledger.
            guard try isSourceUnchanged(), try Files.sha256(of: source) == work.sha256 else { return false }
            return try removeSource()
        }
        var isLeft = false
        if try isSourceUnchanged(), Files.hasWriter(source) != true {
            switch try moveSource() {
            case .moved: return false
            case .refused: isLeft = true
            case .changed: break
            }
        }
        try moveCopy()
        return isLeft
    }

    private enum SourceMove {
        case moved, refused, changed
    }

    private func moveSource() throws(FileError) -> SourceMove {
        do {
            try Files.move(source, to: target)
        } catch {
            switch error.cause {
            // Which side refused shows when the copy is moved to the same target.
            case .denied, .readOnly, .busy: return .refused
            case .missing: return .changed
            default: throw error
            }
        }
        guard try Files.sha256(of: target) != work.sha256 else { return .moved }
        // Overwritten between the look and the move: a new file, which goes back to be read.
        try putBack()
        return .changed
    }

    private func putBack() throws(FileError) {
        let (folder, stem, suffix) = OutputNaming.parts(of: work.note.path)
        var number = 1
        while true {
            let mark = number == 1 ? "" : "-\(number)"
            do {
                return try Files.move(target, to: "\(work.inbox.path)/\(folder)\(stem)\(mark)\(suffix)")
            } catch where error.cause == .exists {
                number += 1
            }
        }
    }

    private func moveCopy() throws(FileError) {
        guard let name = work.spool else { return }
        try Files.move(spool.path(name), to: target)
    }

    private func removeSource() throws(FileError) -> Bool {
        do {
            try Files.remove(source)
            return false
        } catch {
            switch error.cause {
            case .denied, .readOnly, .busy: return true
            default: throw error
            }
        }
    }

    /// A file that could not be read is moved as it is; there is no copy of it.
    private func moveUnread() throws(FileError) -> Bool {
        guard try isSourceUnchanged() else { return false }
        do {
            try Files.move(source, to: target)
            return false
        } catch {
            switch error.cause {
            case .denied, .readOnly, .busy: return true
            case .missing: return false
            default: throw error
            }
        }
    }

    private func isSourceUnchanged() throws(FileError) -> Bool {
        // The time of change is left out: a move that was cut off may have touched it. What was written meanwhile shows in the hash.
        guard let present = try Files.identity(of: source), let expected = work.identity else { return false }
        return present.isSameContent(as: expected)
    }
}
