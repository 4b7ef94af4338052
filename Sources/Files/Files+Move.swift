import Glibc

extension Files {
    /// Moves a file to a name that must be free, durably: both folders are synced.
    ///
    /// Across file systems the file is copied under a temporary name, synced, given its name, and then the source is
    /// removed. A crash leaves the source, or the source and the whole target; an error leaves the source.
    ///
    /// - Throws: cause `.exists` when the name is taken; `.missing` when there is no source (or no folder for the
    ///   target, then the path is the target's); `.busy` when the source changed while it was copied.
    public static func move(_ source: String, to target: String) throws(FileError) {
        guard try status(of: source) != nil else { throw FileError(.open, path: source, code: ENOENT) }
        do {
            try rename(source, toNew: target)
            try sync(folder: folder(of: target))
        } catch let error where error.code == EXDEV {
            try moveAcross(source, to: target)
        } catch let error where error.code == ENOENT {
            // Told of the target; the source may have gone since.
            throw try status(of: source) == nil ? FileError(.open, path: source, code: ENOENT) : error
        }
        try sync(folder: folder(of: source))
    }

    private static func moveAcross(_ source: String, to target: String) throws(FileError) {
        var file = try Descriptor.reading(source)
        // What a writer has yet to write would be lost with the source.
        guard file.takeLease() != .writer else { throw FileError(.read, path: source, code: EBUSY) }
        let copied = try copy(file, to: target, owner: true)
        do throws(FileError) {
            // A new version must not be removed in place of the one that was copied.
            let present = try identity(of: source)
            guard present == nil || present == copied, file.isUndisturbed else {
                throw FileError(.read, path: source, code: EBUSY)
            }
            try remove(source)
        } catch {
            // Only with a source that is known to be there may the copy be undone.
            if try status(of: source) != nil { unlink(target) }
            throw error
        }
    }
}
