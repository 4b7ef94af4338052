import Files
import Glibc

extension InboxScanner {
    /// One scan under way.
    struct Scan {
        let root: String
        let isRecursive: Bool
        var summary = ScanSummary()

        /// Lists an open folder and those below it; one descriptor a level is open.
        mutating func list(
            _ stream: inout FolderStream, path: String, depth: Int, willList: (String) -> Void,
            found: (String, FileIdentity) -> Void
        ) throws(FileError) {
            summary.folders += 1
            while let entry = try stream.next(path: ExactPath.join(root, path)) {
                switch entry {
                case .notUTF8(let name):
                    if !InboxNames.isIgnored(name) { summary.notUTF8.add(ExactPath.join(path, name)) }
                case .name(let name, let kind):
                    guard !InboxNames.isIgnored(name) else { continue }
                    let place = ExactPath.join(path, name)
                    switch classify(name, kind: kind, in: stream.descriptor, path: place) {
                    case .file(let identity):
                        summary.files += 1
                        found(place, identity)
                    case .folder where isRecursive:
                        listFolder(name, in: stream.descriptor, path: place, depth: depth + 1, willList, found)
                    case .folder, .passedOver: continue
                    }
                }
            }
        }

        private enum Kind {
            case file(FileIdentity), folder, passedOver
        }

        /// What a name stands for; what cannot be taken is counted here.
        private mutating func classify(_ name: String, kind: UInt8, in folder: Int32, path: String) -> Kind {
            guard fits(path) else {
                summary.tooDeep.add(path)
                return .passedOver
            }
            if kind == UInt8(DT_DIR) { return .folder }
            do throws(FileError) {
                guard let status = try FolderDescriptor.status(of: name, in: folder, path: absolute(path)) else {
                    return .passedOver
                }
                switch status.st_mode & S_IFMT {
                case S_IFREG: return .file(FileIdentity(status: status))
                case S_IFDIR: return .folder
                default: summary.notFiles.add(path)
                }
            } catch {
                summary.addUnreadable(error)
            }
            return .passedOver
        }

        /// A folder that cannot be read is reported; the scan goes on beside it.
        private mutating func listFolder(
            _ name: String, in parent: Int32, path: String, depth: Int, _ willList: (String) -> Void,
            _ found: (String, FileIdentity) -> Void
        ) {
            guard depth <= InboxScanner.maximumDepth else {
                summary.tooDeep.add(path)
                return
            }
            willList(path)
            do throws(FileError) {
                let folder = try FolderDescriptor(name, in: parent, path: absolute(path))
                var stream = try FolderStream(folder, path: absolute(path))
                try list(&stream, path: path, depth: depth, willList: willList, found: found)
            } catch {
                if !FolderDescriptor.isGone(error.code) { summary.addUnreadable(error) }
            }
        }

        private func absolute(_ path: String) -> String {
            ExactPath.join(root, path)
        }

        /// Other calls take the whole path, with its final NUL; and the same path must fit below the output folders.
        private func fits(_ path: String) -> Bool {
            path.utf8.count <= InboxScanner.longestPath && root.utf8.count + 1 + path.utf8.count < Int(PATH_MAX)
        }
    }
}
