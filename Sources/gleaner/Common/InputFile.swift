import Foundation

/// Files of JSON that a command reads whole; `-` is standard input.
enum InputFile {
    /// Larger files are neither schemas nor records.
    private static let maximumBytes = 64 << 20

    static func read(_ path: String) throws(FileFailure) -> [UInt8] {
        let bytes = try bytes(of: path)
        guard bytes.count <= maximumBytes else {
            throw FileFailure(message: "\(path): larger than \(maximumBytes >> 20) MiB", code: .tooLarge)
        }
        return bytes
    }

    /// The bytes of a file, up to one beyond the limit.
    private static func bytes(of path: String) throws(FileFailure) -> [UInt8] {
        let file = try open(path)
        do {
            // It is read to its end, or as far as asked for: at a terminal another read would wait for another end.
            return Array(try file.read(upToCount: maximumBytes + 1) ?? Data())
        } catch {
            throw FileFailure(message: "\(path): cannot be read; check its permissions", code: .notReadable)
        }
    }

    /// Opens a file; what cannot be read is told apart.
    static func open(_ path: String) throws(FileFailure) -> FileHandle {
        if path == "-" { return .standardInput }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw FileFailure(message: "\(path): there is no such file; check the path", code: .missingFile)
        }
        guard !isDirectory.boolValue else {
            throw FileFailure(message: "\(path): this is a directory; name the file in it", code: .isDirectory)
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw FileFailure(message: "\(path): cannot be read; check its permissions", code: .notReadable)
        }
        return file
    }
}
