public import Files
import Glibc

/// Watches the folders of one inbox with inotify, one watch a folder.
///
/// It tells events and keeps the watches; who scans an appeared folder calls `watch` for each folder before reading it,
/// so that a file either is seen by the scan or comes as an event. Not for use by two threads at once.
public final class InboxWatcher {
    /// Why a folder could not be watched.
    public enum Failure: Error, Sendable, Equatable {
        /// No watches or memory are left: the system's limits, or the limit set here.
        case exhausted(FileError)
        /// This folder alone: gone, replaced by a link, or not readable.
        case unwatchable(FileError)
    }

    private struct Watch {
        var folder: String
        var scan: UInt64
    }

    /// Absolute path of the inbox.
    public let root: String
    public let isRecursive: Bool
    /// At most this many folders are watched.
    public let watchLimit: Int

    private let inotify: InotifyDescriptor
    private var watches: [Int32: Watch] = [:]
    private var numbers: [ExactPath: Int32] = [:]
    private var scan: UInt64 = 0

    /// Throws where no inotify instance is left (EMFILE: `fs.inotify.max_user_instances` or open files).
    public init(root: String, isRecursive: Bool = true, watchLimit: Int = .max) throws(FileError) {
        self.root = root
        self.isRecursive = isRecursive
        self.watchLimit = watchLimit
        inotify = try InotifyDescriptor(path: root)
    }

    /// To be polled for reading.
    public var descriptor: Int32 { inotify.number }

    public var watchedFolders: Int { watches.count }

    /// Watches a folder, relative to the inbox, or finds that it is watched.
    public func watch(_ folder: String) throws(Failure) {
        let path = ExactPath.join(root, folder)
        let key = ExactPath(folder)
        guard numbers[key] != nil || watches.count < watchLimit else {
            throw .exhausted(FileError(.watch, path: path, code: ENOSPC))
        }
        let number: Int32
        do {
            number = try inotify.watch(path, mask: folder.isEmpty ? Self.rootMask : Self.folderMask)
        } catch {
            throw error.cause == .outOfResources ? .exhausted(error) : .unwatchable(error)
        }
        if let former = numbers[key], former != number { forget(former) }
        // The folder was moved, and the events that tell so are still in the queue.
        if let former = watches[number]?.folder { numbers[ExactPath(former)] = nil }
        watches[number] = Watch(folder: folder, scan: scan)
        numbers[key] = number
    }

    /// A scan of the whole inbox begins: watches that it does not lay again until `endScan()` are of folders gone.
    public func beginScan() {
        scan &+= 1
    }

    public func endScan() {
        for (number, watch) in watches where watch.scan != scan { forget(number) }
    }

    /// The events that wait, oldest first; at most what one read gives, empty when there are none.
    public func readEvents() -> [InboxEvent] {
        var events: [InboxEvent] = []
        withUnsafeTemporaryAllocation(byteCount: Self.bufferSize, alignment: 8) { buffer in
            let count = inotify.read(into: buffer)
            InotifyRecord.forEach(in: UnsafeRawBufferPointer(rebasing: buffer[..<count])) { record in
                if let event = event(of: record) { events.append(event) }
            }
        }
        return events
    }

    private func event(of record: InotifyRecord) -> InboxEvent? {
        if record.has(IN_Q_OVERFLOW) { return .overflowed }
        // A watch that was removed may still have events in the queue.
        guard let folder = watches[record.watch]?.folder else { return nil }
        if record.has(IN_UNMOUNT) {
            forget(record.watch)
            return folder.isEmpty ? .lost(.unmounted) : .folderAppeared(folder)
        }
        if record.has(IN_MOVE_SELF) { return folder.isEmpty ? .lost(.moved) : nil }
        if record.has(IN_DELETE_SELF | IN_IGNORED) {
            forget(record.watch)
            return folder.isEmpty ? .lost(.removed) : nil
        }
        guard let name = record.name, !InboxNames.isIgnored(name) else { return nil }
        let path = ExactPath.join(folder, name)
        return record.has(IN_ISDIR) ? folderEvent(of: record, path: path) : fileEvent(of: record, path: path)
    }

    private func fileEvent(of record: InotifyRecord, path: String) -> InboxEvent? {
        record.has(IN_DELETE | IN_MOVED_FROM) ? .vanished(path) : .touched(path)
    }

    private func folderEvent(of record: InotifyRecord, path: String) -> InboxEvent? {
        guard isRecursive else { return nil }
        // A folder that is removed was empty, and its own watch tells of its end.
        if record.has(IN_DELETE) { return nil }
        guard record.has(IN_MOVED_FROM) else { return .folderAppeared(path) }
        // Its watches go with it, wherever it is moved, and would tell events under the former path.
        for (number, watch) in watches where ExactPath(watch.folder).isInside(path) { forget(number) }
        return .folderVanished(path)
    }

    private func forget(_ number: Int32) {
        guard let watch = watches.removeValue(forKey: number) else { return }
        let key = ExactPath(watch.folder)
        if numbers[key] == number { numbers[key] = nil }
        inotify.remove(number)
    }

    /// IN_CREATE tells of folders, and of files that came by link(2), which are never closed by a writer.
    private static let folderMask =
        IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR | IN_DONT_FOLLOW
    private static let rootMask = (folderMask | IN_DELETE_SELF | IN_MOVE_SELF) & ~IN_DONT_FOLLOW
    private static let bufferSize = 64 << 10
}
