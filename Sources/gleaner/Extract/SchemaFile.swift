import Foundation

/// Reads schema files, pipes included.
enum SchemaFile {
    /// Larger files are no schemas.
    private static let maximumBytes = 16 << 20

    static func read(_ path: String) throws -> [UInt8] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw FileFailure(message: "\(path): there is no such schema file; check --schema", code: .missingFile)
        }
        guard !isDirectory.boolValue else {
            throw FileFailure(message: "\(path): this is a directory; name the schema file in it", code: .isDirectory)
        }
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            let data = try file.read(upToCount: maximumBytes + 1) ?? Data()
            guard data.count <= maximumBytes else {
                throw FileFailure(
                    message: "\(path): larger than \(maximumBytes >> 20) MiB, so not a schema; check --schema",
                    code: .tooLarge)
            }
            return Array(data)
        } catch let error as FileFailure {
            throw error
        } catch {
            throw FileFailure(message: "\(path): the schema cannot be read; check its permissions", code: .notReadable)
        }
    }
}
