import Crypto

extension Files {
    /// The SHA-256 of bytes: 64 lower-case hexadecimal digits.
    public static func sha256(of bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexadecimal }
}

extension SHA256.Digest {
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
