import Files

/// Takes a file that has its outcome out of the inbox.
///
/// The source itself is moved when it is still the file that was read. Otherwise (replaced, overwritten, gone, or not to be moved) the
/// copy in the spool takes its place, and whatever lies in the inbox is a new file.
///
/// The source first gets a hidden name in its folder, and moves on only when its bytes are those that were read: what was put in
/// its place at the last moment goes back, even after a crash in between.
struct SourceMover {
    let work: Work
    let spool: Spool
    let target: String

    private var source: String { "\(work.inbox.path)/\(work.note.path)" }

    private var hidden: String {
        "\(work.inbox.path)/\(OutputNaming.parts(of: work.note.path).folder).gleaner-\(work.arrival)"
    }

    enum Ending {
        case moved
        /// The target is there, and the source still in the inbox.
        case sourceLeft
        /// Another file stands under the target's name.
        case nameTaken
    }

    /// Can be repeated after a crash at any point.
    ///
    /// - Throws: what went wrong with the target, or with reading.
    func move() throws(FileError) -> Ending {
        let isRefused = try !hide()
        let isHidden = try isRightHidden()
        if try isRight(target) {
            // A crash came between this move and the ledger, or between copying to another file system and removing.
            if isHidden { try Files.remove(hidden) }
            return isRefused ? .sourceLeft : .moved
        }
        do {
            if isHidden {
                try Files.move(hidden, to: target)
            } else if let copy = work.spool {
                try Files.move(spool.path(copy), to: target)
            } else {
                // There is no copy of what could not be read.
                return .sourceLeft
            }
        } catch {
            if error.cause == .exists { return .nameTaken }
            guard work.spool == nil, error.path == hidden, error.cause == .denied else { throw error }
            // To another file system only what can be read can be moved.
            try putBack()
            return .sourceLeft
        }
        return isRefused ? .sourceLeft : .moved
    }

    /// Gives the source its hidden name, if it seems to be the file that was read; false when that is not allowed.
    private func hide() throws(FileError) -> Bool {
        guard try isSourceUnchanged(), Files.hasWriter(source) != true, try Files.identity(of: hidden) == nil else {
            return true
        }
        do {
            try Files.rename(source, toNew: hidden)
            return true
        } catch {
            switch error.cause {
            case .denied, .readOnly, .busy: return false
            case .missing: return true
            default: throw error
            }
        }
    }

    /// Whether the file under the hidden name is there and the right one; another one gets its name back.
    private func isRightHidden() throws(FileError) -> Bool {
        guard try Files.identity(of: hidden) != nil else { return false }
        if try isRight(hidden) { return true }
        // Overwritten between the look and the renaming: a new file.
        try putBack()
        return false
    }

    /// Whether the file that was read is under a path.
    private func isRight(_ path: String) throws(FileError) -> Bool {
        guard let present = try Files.identity(of: path) else { return false }
        if work.spool != nil { return try Files.sha256(of: path) == work.sha256 }
        return present.size == work.identity?.size && present.modified == work.identity?.modified
    }

    private func putBack() throws(FileError) {
        var number = 1
        while true {
            do {
                return try Files.move(
                    hidden, to: "\(work.inbox.path)/\(OutputNaming.numbered(work.note.path, number))")
            } catch where error.cause == .exists {
                number += 1
            }
        }
    }

    private func isSourceUnchanged() throws(FileError) -> Bool {
        // The time of change is left out: a move that was cut off may have touched it. What was written meanwhile shows in the hash.
        guard let present = try Files.identity(of: source), let expected = work.identity else { return false }
        return present.isSameContent(as: expected)
    }
}
