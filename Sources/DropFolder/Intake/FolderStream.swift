import Files
import Glibc

/// The names in an open folder.
struct FolderStream: ~Copyable {
    /// One name in a folder.
    enum Entry {
        /// The kind is one of `DT_*`; `DT_UNKNOWN` where the file system does not tell.
        case name(String, kind: UInt8)
        /// The name is not UTF-8; made printable.
        case notUTF8(String)
    }

    private let stream: OpaquePointer

    var descriptor: Int32 { dirfd(stream) }

    init(_ folder: consuming FolderDescriptor, path: String) throws(FileError) {
        let number = folder.release()
        guard let stream = fdopendir(number) else {
            let code = errno
            close(number)
            throw FileError(.open, path: path, code: code)
        }
        self.stream = stream
    }

    deinit {
        closedir(stream)
    }

    /// The next name but `.` and `..`; nil after the last.
    mutating func next(path: String) throws(FileError) -> Entry? {
        while true {
            // readdir(3): an error is told from the end by errno alone.
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw FileError(.list, path: path, code: errno) }
                return nil
            }
            let name = UnsafeRawPointer(entry).advanced(by: Self.nameOffset).assumingMemoryBound(to: CChar.self)
            if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { continue }
            guard let text = String(validatingCString: name) else { return .notUTF8(InboxNames.escaped(name)) }
            return .name(text, kind: entry.pointee.d_type)
        }
    }

    /// A record may be shorter than the structure, so the name is read in place.
    private static let nameOffset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 19
}
