/// What a safetensors header or shard index can hold: the part of JSON that the format uses.
///
/// This module lies below the JSON module, and the format needs only objects, arrays, strings and whole numbers.
enum HeaderValue {
    case object([(key: String, value: HeaderValue)])
    case array([HeaderValue])
    case string(String)
    case integer(Int)
    /// A number that is not an `Int`, true, false or null: legal, never of interest.
    case other
}

/// Reads a `HeaderValue` from UTF-8 bytes.
struct HeaderScanner {
    struct Failure: Error { let reason: String }

    private static let deepest = 32
    /// Far more than the largest models need: values of two bytes take many times as much memory.
    private static let mostValues = 1 << 22
    private let bytes: [UInt8]
    private var position = 0
    private var values = 0

    /// Reads one value that takes all bytes, apart from white space.
    static func scan(_ bytes: [UInt8]) throws(Failure) -> HeaderValue {
        var scanner = HeaderScanner(bytes: bytes)
        let value = try scanner.value(depth: 0)
        scanner.skipSpace()
        guard scanner.position == bytes.count else { throw scanner.failure("text after the end") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func failure(_ reason: String) -> Failure { Failure(reason: "\(reason) at byte \(position)") }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> HeaderValue {
        guard depth < Self.deepest else { throw failure("nested too deeply") }
        values += 1
        guard values <= Self.mostValues else { throw failure("more than \(Self.mostValues) values") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case .some: return try scalar()
        case nil: throw failure("unexpected end")
        }
    }

    private mutating func members(depth: Int) throws(Failure) -> [(key: String, value: HeaderValue)] {
        position += 1
        var members: [(key: String, value: HeaderValue)] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return members }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw failure("a key was expected") }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("':' was expected") }
            members.append((key, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw failure("',' or '}' was expected") }
        }
    }

    private mutating func elements(depth: Int) throws(Failure) -> [HeaderValue] {
        position += 1
        var elements: [HeaderValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw failure("',' or ']' was expected") }
        }
    }

    /// A number, true, false or null.
    private mutating func scalar() throws(Failure) -> HeaderValue {
        let start = position
        while let byte = next, Self.isScalar(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let number = Int(text), !text.hasPrefix("+") { return .integer(number) }
        guard text == "true" || text == "false" || text == "null" || Double(text) != nil else {
            position = start
            throw failure("a value was expected")
        }
        return .other
    }

    private static func isScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default:
            false
        }
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        var units: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw failure("invalid UTF-8") }
                return text
            case UInt8(ascii: "\\"):
                units.append(contentsOf: try escape())
            case 0..<0x20:
                throw failure("a control character in a string")
            default:
                units.append(byte)
            }
        }
        throw failure("a string without end")
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        guard let byte = next else { throw failure("a string without end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("half a surrogate pair") }
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
            return Array(String(scalar).utf8)
        default: throw failure("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        guard position + 4 <= bytes.count,
            let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
            bytes[position] != UInt8(ascii: "+")
        else { throw failure("four hexadecimal digits were expected") }
        position += 4
        return code
    }
}

extension HeaderValue {
    subscript(key: String) -> HeaderValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}
