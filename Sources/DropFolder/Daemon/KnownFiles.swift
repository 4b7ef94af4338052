import Files
import Synchronization

/// Versions of files in the inboxes that the ledger has: in work, or done and not to be moved.
final class KnownFiles: Sendable {
    private struct Place: Hashable {
        let inbox: Int
        let path: ExactPath
    }

    private let files = Mutex<[Place: FileIdentity]>([:])

    func add(inbox: Int, path: String, identity: FileIdentity) {
        files.withLock { $0[Place(inbox: inbox, path: ExactPath(path))] = identity }
    }

    /// The source was moved away: whatever comes under its name is new. Another version that was taken meanwhile stays known.
    func remove(inbox: Int, path: String, identity: FileIdentity?) {
        files.withLock { files in
            let place = Place(inbox: inbox, path: ExactPath(path))
            if files[place] == identity { files[place] = nil }
        }
    }

    func contains(inbox: Int, path: String, identity: FileIdentity) -> Bool {
        // The time of change is left out: new permissions make no new document.
        files.withLock { $0[Place(inbox: inbox, path: ExactPath(path))]?.isSameContent(as: identity) ?? false }
    }
}
