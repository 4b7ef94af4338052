import ArgumentParser
import JSONSchema

/// Files that hold one JSON value; `-` is standard input.
enum JSONFile {
    static func read(_ path: String) throws(FileFailure) -> JSONValue {
        try value(of: InputFile.read(path), path: path)
    }

    static func value(of bytes: [UInt8], path: String) throws(FileFailure) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw FileFailure(message: "\(path): this is not JSON: \(error); correct it", code: .schemaNotJSON)
        }
    }
}
