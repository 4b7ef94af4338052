import JSONSchema
import Mistral
import TestSupport

/// Files of the reference implementation, and tokenizers loaded from them.
enum TokenizerReference {
    struct Failure: Error {
        let message: String
    }

    /// The released vocabulary: 131072 ids.
    static let full = Result { try TekkenTokenizer(contentsOfFile: path("tekken_v11_full.json")) }
    /// Its first 2048 ids.
    static let tiny = Result { try TekkenTokenizer(contentsOfFile: path("tekken_v11_tiny.json")) }

    static func path(_ name: String) -> String { Repository.reference("tokenizer/" + name) }

    /// The `cases` of a reference file.
    static func cases(_ name: String) throws -> [JSONValue] {
        let path = path(name)
        guard let cases = try JSONValue(parsing: Repository.bytes(of: path))["cases"]?.arrayValue, !cases.isEmpty else {
            throw Failure(message: "\(path) holds no cases")
        }
        return cases
    }
}

extension JSONValue {
    /// A member that must be there.
    func member(_ key: String) throws -> JSONValue {
        guard let value = self[key] else { throw TokenizerReference.Failure(message: "no member \(key)") }
        return value
    }

    /// A string member that must be there.
    func text(_ key: String) throws -> String {
        guard let text = try member(key).stringValue else {
            throw TokenizerReference.Failure(message: "\(key) is not a string")
        }
        return text
    }

    /// An array member of integers that must be there.
    func integers(_ key: String) throws -> [Int] {
        guard let values = try member(key).arrayValue?.map(\.intValue), !values.contains(nil) else {
            throw TokenizerReference.Failure(message: "\(key) is not an array of integers")
        }
        return values.compactMap { $0 }
    }
}

/// Decodes base64 bit by bit; independent of the library's decoder.
func bytesOfBase64(_ text: String) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let bits = text.utf8.compactMap(alphabet.firstIndex(of:)).flatMap { digit in
        (0..<6).reversed().map { digit >> $0 & 1 }
    }
    return (0..<(bits.count / 8)).map { index in
        UInt8(bits[(index * 8)..<(index * 8 + 8)].reduce(0) { $0 << 1 | $1 })
    }
}

/// Bytes in base64 with padding.
func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
    var bits = bytes.flatMap { byte in (0..<8).reversed().map { Int(byte) >> $0 & 1 } }
    while bits.count % 6 != 0 { bits.append(0) }
    var text = String.UnicodeScalarView()
    for start in stride(from: 0, to: bits.count, by: 6) {
        text.append(alphabet[bits[start..<(start + 6)].reduce(0) { $0 << 1 | $1 }])
    }
    while text.count % 4 != 0 { text.append("=") }
    return String(text)
}

/// Strings by their bytes: Swift's `==` takes canonically equivalent texts for the same.
func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }
