import Files
import Synchronization

/// Keeps the service from writing where a file system ought to be mounted and is not.
///
/// The ledger remembers on which file system each folder was when it was first used. A folder that is gone, or that lies on another
/// file system now, is a fault of the machine: whoever needs it waits until it is back.
final class FolderGuard: Sendable {
    private let ledger: Ledger
    private let acceptsNewMounts: Bool
    private let accepted = Mutex<Set<String>>([])

    /// - Parameter acceptsNewMounts: folders that have moved to another file system are remembered anew, once.
    init(ledger: Ledger, acceptsNewMounts: Bool) {
        self.ledger = ledger
        self.acceptsNewMounts = acceptsNewMounts
    }

    /// Makes sure of a folder and keeps its file system mounted as long as the result lives.
    ///
    /// A folder that was never used is created.
    func hold(_ folder: String) throws(FolderFault) -> HeldFolder {
        do {
            if try Files.identity(of: folder) == nil, try mayMake(folder) { try Files.makeFolder(folder) }
            let held = try HeldFolder(folder)
            try check(folder)
            return held
        } catch let error as FolderFault {
            throw error
        } catch let error as FileError {
            throw FolderFault(folder: folder, message: error.description)
        } catch {
            throw FolderFault(folder: folder, message: "\(error)")
        }
    }

    /// Whether a folder that is not there may be made: it was never used, or its file system is mounted and the folder alone was removed.
    private func mayMake(_ folder: String) throws -> Bool {
        guard let remembered = try ledger.mount(of: folder) else { return true }
        guard remembered.mountPoint != folder else { return false }
        var ancestor = folder
        while try Files.identity(of: ancestor) == nil, let slash = ancestor.utf8.lastIndex(of: UInt8(ascii: "/")) {
            ancestor = String(ancestor[..<slash])
        }
        return try MountIdentity.of(folder: ancestor.isEmpty ? "/" : ancestor).device == remembered.device
    }

    /// Makes sure that an inbox belongs to this ledger: two services with ledgers of their own would read every document twice.
    func claim(inbox: String) throws(FolderFault) {
        let path = "\(inbox)/\(InboxNames.marker)"
        let claim = Array("{\"ledger\":\"\(ledger.id)\"}\n".utf8)
        do {
            if try Files.identity(of: path) == nil {
                do {
                    return try Files.write(claim, to: path)
                } catch where error.cause == .exists {
                    // Another service was quicker: what it wrote tells whose inbox this is.
                }
            }
            guard try Files.read(path, limit: 4096) != claim else { return }
        } catch {
            // In an inbox that is not to be written to, sources stay where they are; nobody else can take them either. A full one
            // is emptied by nobody but this service.
            guard ![.denied, .readOnly, .full].contains(error.cause) else { return }
            throw FolderFault(folder: inbox, message: error.description)
        }
        throw FolderFault(
            folder: inbox,
            message: "\(path): this inbox belongs to the ledger of another service; stop that one, or remove this file to take "
                + "the inbox over")
    }

    private func check(_ folder: String) throws {
        let present = try MountIdentity.of(folder: folder)
        guard let remembered = try ledger.mount(of: folder) else {
            return try ledger.remember(folder: folder, present)
        }
        switch present.change(since: remembered) {
        case .unchanged: break
        case .mountedOver: try ledger.remember(folder: folder, present)
        case .gone:
            if acceptsNewMounts, accepted.withLock({ $0.insert(folder).inserted }) {
                return try ledger.remember(folder: folder, present)
            }
            throw FolderFault(
                folder: folder,
                message: "\(folder): it was on \(remembered.type) (\(remembered.source), mounted on \(remembered.mountPoint)) "
                    + "and now is on \(present.type) (\(present.source), mounted on \(present.mountPoint)); mount it, or, if the "
                    + "folder has moved for good, start once with --accept-mounts")
        }
    }
}

/// A folder that cannot be used now.
struct FolderFault: Error, Sendable {
    let folder: String
    let message: String
}
