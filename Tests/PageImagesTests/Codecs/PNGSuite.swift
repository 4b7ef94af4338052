import Foundation
import PageImages
import TestSupport

/// Willem van Schaik's PNG test suite, and what Pillow makes of it: `compare_with_pillow.py` wrote that.
enum PNGSuite {
    static let path = Repository.path("../shared/corpora/pngsuite/png/")
    static let isPresent = FileManager.default.fileExists(atPath: path)

    struct Expectation: Sendable, CustomStringConvertible {
        let name: String
        let size: PixelSize
        let checksum: UInt32
        var description: String { name }
    }

    static let expectations: [Expectation] = {
        let bytes = (try? Repository.bytes(of: CodecFixture.path("pngsuite.txt"))) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ").map(String.init)
            guard fields.count == 4, let width = Int(fields[1]), let height = Int(fields[2]),
                let checksum = UInt32(fields[3], radix: 16)
            else { return nil }
            return Expectation(name: fields[0], size: PixelSize(width: width, height: height), checksum: checksum)
        }
    }()

    static func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".png") }.sorted()
    }
}

/// The checksum of PNG and zlib (ISO 3309).
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ (value >> 1) }
    }

    static func checksum(of bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    }
}
