import Glibc
import JSONSchema

/// The image part of the reference package, made by mistral-common.
enum ImageGoldens {
    struct Failure: Error {
        let reason: String
    }

    static func path(_ name: String, testFile: String = #filePath) throws -> String {
        var directory = testFile[...]
        while let slash = directory.lastIndex(of: "/") {
            directory = directory[..<slash]
            if access("\(directory)/Package.swift", F_OK) == 0 {
                return "\(directory)/Tests/Reference/out/images/\(name)"
            }
        }
        throw Failure(reason: "no Package.swift above \(testFile)")
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        let path = try path(name)
        guard let file = fopen(path, "rbe") else { throw Failure(reason: "cannot open \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = [], part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part.prefix(count) }
        return bytes
    }

    static func cases(_ name: String) throws -> [JSONValue] {
        guard let cases = try JSONValue(parsing: bytes(name))["cases"]?.arrayValue, !cases.isEmpty else {
            throw Failure(reason: "\(name) has no cases")
        }
        return cases
    }

    /// A pair or triple of integers under `key`.
    static func integers(_ value: JSONValue, _ key: String) throws -> [Int] {
        guard let numbers = value[key]?.arrayValue else { throw Failure(reason: "\(key) is missing") }
        return numbers.compactMap(\.intValue)
    }

    /// A safetensors file: 8 bytes of header length, a JSON header, raw little-endian data.
    struct Tensors {
        private let header: JSONValue
        private let data: ArraySlice<UInt8>

        init(_ name: String) throws {
            let bytes = try ImageGoldens.bytes(name)
            guard bytes.count > 8 else { throw Failure(reason: "\(name) is too short") }
            let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length < bytes.count - 8 else { throw Failure(reason: "\(name) is too short") }
            header = try JSONValue(parsing: Array(bytes[8..<(8 + length)]))
            data = bytes[(8 + length)...]
        }

        private func raw(_ name: String, type: String) throws -> (shape: [Int], bytes: [UInt8]) {
            guard let entry = header[name], entry["dtype"]?.stringValue == type else {
                throw Failure(reason: "\(name) is missing or not \(type)")
            }
            let offsets = try integers(entry, "data_offsets")
            return (try integers(entry, "shape"), Array(data.dropFirst(offsets[0]).prefix(offsets[1] - offsets[0])))
        }

        func bytes(_ name: String) throws -> (shape: [Int], values: [UInt8]) {
            let (shape, bytes) = try raw(name, type: "U8")
            return (shape, bytes)
        }

        func floats(_ name: String) throws -> (shape: [Int], values: [Float]) {
            let (shape, bytes) = try raw(name, type: "F32")
            let values = bytes.withUnsafeBytes { raw in
                (0..<(bytes.count / 4)).map { index in
                    let bits = raw.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                    return Float(bitPattern: UInt32(littleEndian: bits))
                }
            }
            return (shape, values)
        }
    }
}
