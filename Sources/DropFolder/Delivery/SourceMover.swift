import Files
import Glibc

/// Takes a file that has its outcome out of the inbox.
///
/// The source itself is moved when it is still the file that was read. Otherwise (replaced, overwritten, gone, or not to be moved) the
/// copy in the spool takes its place, and whatever lies in the inbox is a new file.
///
/// The source first gets a hidden name in its folder, and moves on only when its bytes are those that were read: what was put in
/// its place at the last moment goes back, even after a crash in between.
struct SourceMover {
    private let work: Work
    private let spool: Spool
    private let target: String
    private let reached: @Sendable (FaultPoint) -> Void
    /// The folder the source came from: nobody can put another in its place meanwhile. nil when it is gone.
    private let folder: FolderInside?

    init(work: Work, spool: Spool, target: String, reached: @escaping @Sendable (FaultPoint) -> Void) throws(FileError) {
        self.work = work
        self.spool = spool
        self.target = target
        self.reached = reached
        do {
            folder = try FolderInside(work.inbox.path, OutputNaming.parts(of: work.note.path).folder)
        } catch {
            guard error.cause == .missing || error.cause == .notRegular else { throw error }
            folder = nil
        }
    }

    private func source(_ folder: FolderInside) -> String { folder.path(OutputNaming.name(of: work.note.path)) }
    private func hidden(_ folder: FolderInside) -> String { folder.path(".gleaner-\(work.arrival)") }

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
        guard let folder else { return try moveCopy(isSourceLeft: false) }
        do {
            let isRefused = try !hide(in: folder)
            guard try isRightHidden(in: folder) else { return try moveCopy(isSourceLeft: isRefused) }
            let hidden = hidden(folder)
            if try isRight(target) {
                // A crash came between copying to another file system and removing.
                try Files.remove(hidden)
                try syncTarget()
                return .moved
            }
            try Files.makeFolder(Files.folder(of: target))
            guard work.spool == nil else {
                try Files.move(hidden, to: target)
                return .moved
            }
            return try moveUnread(hidden, folder)
        } catch {
            if error.cause == .exists, error.path == target { return .nameTaken }
            throw folder.named(error)
        }
    }

    /// The copy in the spool takes the place of a source that is gone, has changed, or cannot be moved.
    private func moveCopy(isSourceLeft: Bool) throws(FileError) -> Ending {
        let ending = isSourceLeft ? Ending.sourceLeft : .moved
        if try isRight(target) {
            // A crash came between this move and the ledger.
            try syncTarget()
            return ending
        }
        // There is no copy of what could not be read.
        guard let name = work.spool else { return .sourceLeft }
        // The copy was moved before the crash, and someone has fetched it since.
        guard try Files.identity(of: spool.path(name)) != nil else { return ending }
        do {
            // Someone may have tidied up since the name was promised.
            try Files.makeFolder(Files.folder(of: target))
            try Files.move(spool.path(name), to: target)
        } catch {
            guard error.cause == .exists, error.path == target else { throw error }
            return .nameTaken
        }
        return ending
    }

    /// What could not be read is moved as it is, and only within its file system: nobody knows how much of it there is.
    private func moveUnread(_ hidden: String, _ folder: FolderInside) throws(FileError) -> Ending {
        do {
            try Files.rename(hidden, toNew: target)
        } catch {
            guard error.code == EXDEV || error.cause == .denied else { throw error }
            try putBack(folder)
            return .sourceLeft
        }
        try syncTarget()
        return .moved
    }

    private func syncTarget() throws(FileError) { try Files.sync(folder: Files.folder(of: target)) }

    /// Gives the source its hidden name, if it seems to be the file that was read; false when that is not possible, or a writer has it
    /// open.
    private func hide(in folder: FolderInside) throws(FileError) -> Bool {
        let (source, hidden) = (source(folder), hidden(folder))
        if let present = try Files.identity(of: hidden) {
            guard try Files.isRegularFile(hidden) else { return false }
            if try isRightHidden(in: folder) {
                // A rename that is made of a link and a removal was cut off.
                if try Files.identity(of: source)?.inode == present.inode { try Files.remove(source) }
                return true
            }
        }
        guard try isSourceUnchanged(source) else { return true }
        guard Files.hasWriter(source) != true else { return false }
        do {
            try Files.rename(source, toNew: hidden)
            reached(.sourceHidden)
        } catch {
            switch error.cause {
            case .denied, .readOnly, .busy: return false
            case .missing: return true
            default: throw error
            }
        }
        // Nobody can open it by its name any more: who still writes is seen now.
        guard Files.hasWriter(hidden) == true else { return true }
        try putBack(folder)
        return false
    }

    /// Whether the file under the hidden name is there and the right one; another one gets its name back.
    private func isRightHidden(in folder: FolderInside) throws(FileError) -> Bool {
        let hidden = hidden(folder)
        guard try Files.isRegularFile(hidden) else { return false }
        if try isRight(hidden) { return true }
        // Overwritten between the look and the renaming: a new file.
        try putBack(folder)
        return false
    }

    /// Whether the file that was read is under a path.
    private func isRight(_ path: String) throws(FileError) -> Bool {
        guard try Files.isRegularFile(path), let present = try Files.identity(of: path) else { return false }
        if work.spool != nil { return try Files.sha256(of: path) == work.sha256 }
        return work.identity.map(present.isSameContent) ?? false
    }

    private func putBack(_ folder: FolderInside) throws(FileError) {
        let name = OutputNaming.name(of: work.note.path)
        var number = 1
        while true {
            do {
                return try Files.move(hidden(folder), to: folder.path(OutputNaming.numbered(name, number)))
            } catch where error.cause == .exists {
                number += 1
            }
        }
    }

    private func isSourceUnchanged(_ source: String) throws(FileError) -> Bool {
        // The time of change is left out: a move that was cut off may have touched it. What was written meanwhile shows in the hash.
        guard let present = try Files.identity(of: source), let expected = work.identity else { return false }
        return present.isSameContent(as: expected)
    }
}
