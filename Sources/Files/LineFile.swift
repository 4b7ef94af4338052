import Glibc

/// A file that only ever grows by whole lines, each written once, whatever happens to the process.
///
/// Where a line will stand is written down elsewhere before it is appended (`Place`). After a crash the place tells whether the line is
/// there, is torn, or was never begun.
public struct LineFile: Sendable {
    public let path: String

    /// Where a line stands: a file, told by its inode, and a byte in it.
    public struct Place: Hashable, Sendable {
        public var inode: UInt64
        public var offset: Int64

        public init(inode: UInt64, offset: Int64) {
            self.inode = inode
            self.offset = offset
        }
    }

    public init(path: String) {
        self.path = path
    }

    /// Where the next line would stand.
    ///
    /// Makes the file, with `header` as its first line, if there is none; ends a last line of others that has no end.
    public func nextPlace(header: [UInt8] = []) throws(FileError) -> Place {
        if try Files.identity(of: path) == nil {
            do {
                try Files.write(header, to: path)
            } catch where error.cause == .exists {
                // Someone else made it meanwhile: good.
            }
        }
        let file = try open()
        var size = try file.status().st_size
        if size > 0, try file.read(at: size - 1, count: 1) != [UInt8(ascii: "\n")] {
            try file.append([UInt8(ascii: "\n")], at: size)
            size += 1
        }
        return Place(inode: UInt64(try file.status().st_ino), offset: Int64(size))
    }

    /// Writes a line, which ends with a newline, at its place, and syncs; finds it there if it was written before.
    ///
    /// - Returns: false when the file is not as it was: rotated, cut, or written to by others. The line is not in it then.
    public func write(_ line: [UInt8], at place: Place) throws(FileError) -> Bool {
        guard try Files.identity(of: path)?.inode == place.inode else {
            return try rotatedFile(place).map { file throws(FileError) in try file.holds(line, at: place) ?? false } ?? false
        }
        let file = try open()
        let size = Int64(try file.status().st_size)
        guard size >= place.offset else { return false }
        if size > place.offset {
            let present = try file.read(at: off_t(place.offset), count: line.count)
            if present == line {
                try file.sync()
                return true
            }
            // Part of the line and nothing behind it: it was torn by a crash.
            guard present.count < line.count, line.starts(with: present) else { return false }
            try file.cut(to: off_t(place.offset))
        }
        try file.append(line, at: off_t(place.offset))
        try file.sync()
        return true
    }

    /// The file that a place is in, where it was given another name in its folder.
    private func rotatedFile(_ place: Place) throws(FileError) -> LineFile? {
        let folder = Files.folder(of: path)
        for name in try Files.names(in: folder) {
            let file = LineFile(path: "\(folder)/\(name)")
            if try Files.identity(of: file.path)?.inode == place.inode, try Files.isRegularFile(file.path) { return file }
        }
        return nil
    }

    /// Whether a line stands whole at its place; nil when the file under the path is another one.
    public func holds(_ line: [UInt8], at place: Place) throws(FileError) -> Bool? {
        guard try Files.identity(of: path)?.inode == place.inode else { return nil }
        return try Descriptor.reading(path).read(at: off_t(place.offset), count: line.count) == line
    }

    /// The first bytes, fewer if there are not so many.
    public func start(count: Int) throws(FileError) -> [UInt8] {
        try Descriptor.reading(path).read(at: 0, count: count)
    }

    private func open() throws(FileError) -> Descriptor {
        try Descriptor(path, flags: O_RDWR | O_NOFOLLOW | O_NONBLOCK)
    }
}

extension Descriptor {
    fileprivate func read(at offset: off_t, count: Int) throws(FileError) -> [UInt8] {
        try systemCall(.read, path) { lseek(number, offset, SEEK_SET) }
        var bytes: [UInt8] = []
        while bytes.count < count {
            var chunk = [UInt8](repeating: 0, count: count - bytes.count)
            let length = try read(into: &chunk)
            if length == 0 { break }
            bytes += chunk[..<length]
        }
        return bytes
    }

    /// Writes all bytes, or cuts away those that were written: a full disk leaves no torn line.
    fileprivate func append(_ bytes: [UInt8], at offset: off_t) throws(FileError) {
        try systemCall(.write, path) { lseek(number, offset, SEEK_SET) }
        do {
            try write(bytes[...])
        } catch {
            try? cut(to: offset)
            throw error
        }
    }

    fileprivate func cut(to size: off_t) throws(FileError) {
        try systemCall(.write, path) { ftruncate(number, size) }
    }
}
