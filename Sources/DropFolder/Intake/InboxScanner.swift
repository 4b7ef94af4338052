public import Files
import Glibc

/// Lists the documents of an inbox: regular files with finished names, in folders within folders.
///
/// Symbolic links are never followed below the inbox; other file systems below it are included. No descriptor is held
/// between calls, so that the inbox can be unmounted.
public struct InboxScanner: Sendable {
    /// Folders below this level are reported, not entered.
    public static let maximumDepth = 64
    /// Bytes of a path below the inbox: longer ones would not fit below every output folder (PATH_MAX is 4096).
    public static let longestPath = 3000

    /// What is under a path.
    public enum Sighting: Sendable, Equatable {
        case file(FileIdentity)
        /// Nothing, or something that is not a regular file.
        case nothing
        case unavailable(FileError)
    }

    /// Absolute path of the inbox.
    public let root: String
    public let isRecursive: Bool

    public init(root: String, isRecursive: Bool = true) {
        self.root = root
        self.isRecursive = isRecursive
    }

    /// Lists the inbox, or a folder below it.
    ///
    /// - Parameters:
    ///   - folder: relative to the inbox; empty for the inbox itself.
    ///   - willList: called before each folder is opened, so that a watch can be there before the first name is read.
    ///   - found: called for each file. Nothing is collected here, so memory does not grow with the files.
    public func scan(
        _ folder: String = "", willList: (_ folder: String) -> Void = { _ in },
        found: (_ path: String, _ identity: FileIdentity) -> Void
    ) -> ScanSummary {
        var scan = Scan(root: root, isRecursive: isRecursive)
        do throws(FileError) {
            willList(folder)
            let components = Self.components(of: folder)
            var stream = try FolderStream(open(components[...]), path: absolute(folder))
            try scan.list(&stream, path: folder, depth: components.count, willList: willList, found: found)
        } catch {
            scan.summary.failure = error
        }
        return scan.summary
    }

    /// Looks at one file, with no symbolic link followed on the way.
    public func look(at path: String) -> Sighting {
        let components = Self.components(of: path)
        guard let name = components.last else { return .nothing }
        do throws(FileError) {
            let folder = try open(components.dropLast())
            guard let status = try FolderDescriptor.status(of: name, in: folder.number, path: absolute(path)),
                status.st_mode & S_IFMT == S_IFREG
            else { return .nothing }
            return .file(FileIdentity(status: status))
        } catch {
            return FolderDescriptor.isGone(error.code) ? .nothing : .unavailable(error)
        }
    }

    private func open(_ components: ArraySlice<String>) throws(FileError) -> FolderDescriptor {
        var folder = try FolderDescriptor(root: root)
        var path = root
        for component in components {
            path += "/" + component
            folder = try FolderDescriptor(component, in: folder.number, path: path)
        }
        return folder
    }

    private func absolute(_ path: String) -> String {
        ExactPath.join(root, path)
    }

    /// Split at the bytes: a character may begin with a slash and go on with an accent.
    private static func components(of path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }
}
