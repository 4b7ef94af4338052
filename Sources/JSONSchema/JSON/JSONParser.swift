/// Bounds on what the parser accepts, so that untrusted input takes bounded memory and stack.
public struct JSONLimits: Sendable, Hashable {
    /// Deepest nesting of arrays and objects; capped at 1024, as the parser recurses.
    public var maximumDepth: Int
    /// Longest text in bytes.
    public var maximumBytes: Int

    public init(maximumDepth: Int = 256, maximumBytes: Int = 256 << 20) {
        self.maximumDepth = min(maximumDepth, 1024)
        self.maximumBytes = maximumBytes
    }

    /// Depth 256, 256 MiB.
    public static let `default` = JSONLimits()
}

/// What is wrong with a JSON text, and where.
public struct JSONParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Bytes before the error.
    public let offset: Int
    /// Counted from 1.
    public let line: Int
    /// Counted in bytes from 1.
    public let column: Int
    /// One sentence.
    public let message: String

    public var description: String { "line \(line), column \(column) (byte \(offset)): \(message)" }
}

extension JSONValue {
    /// Parses one JSON text (RFC 8259), strictly.
    ///
    /// Refused besides syntax errors: invalid UTF-8, a byte order mark, escapes of lone surrogates, duplicate keys,
    /// exponents of more than 12 digits, and texts beyond `limits`. Cost: one pass over the bytes.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONParseError) {
        var parser = JSONParser(limits: limits)
        do {
            self = try parser.parseText(bytes.span)
        } catch {
            throw error.located(in: bytes.span)
        }
    }
}

/// An error inside the parser; line and column are counted only when it leaves.
struct JSONParseFailure: Error {
    let offset: Int
    let message: String

    func located(in input: Span<UInt8>) -> JSONParseError {
        var line = 1
        var lineStart = 0
        for position in 0..<min(offset, input.count) where input[position] == UInt8(ascii: "\n") {
            line += 1
            lineStart = position + 1
        }
        return JSONParseError(offset: offset, line: line, column: offset - lineStart + 1, message: message)
    }
}

/// A recursive descent over bytes; scanning of strings and numbers is in its extensions.
struct JSONParser {
    let limits: JSONLimits
    var position = 0
    var depth = 0
    /// Decoded bytes of a string with escapes, reused from string to string.
    var decoded: [UInt8] = []

    init(limits: JSONLimits) { self.limits = limits }

    mutating func parseText(_ input: Span<UInt8>) throws(JSONParseFailure) -> JSONValue {
        guard input.count <= limits.maximumBytes else {
            throw JSONParseFailure(
                offset: limits.maximumBytes,
                message: "the text has \(input.count) bytes, more than the \(limits.maximumBytes) accepted")
        }
        if input.count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF {
            throw failure("the text starts with a byte order mark: save it as UTF-8 without one")
        }
        skipWhitespace(input)
        let value = try parseValue(input)
        skipWhitespace(input)
        if position < input.count { throw unexpected(input, expected: "the end of the text after the value") }
        return value
    }

    private mutating func parseValue(_ input: Span<UInt8>) throws(JSONParseFailure) -> JSONValue {
        guard position < input.count else { throw failure("the text ends where a value should be") }
        switch input[position] {
        case UInt8(ascii: "{"): return .object(try parseObject(input))
        case UInt8(ascii: "["): return .array(try parseArray(input))
        case UInt8(ascii: "\""): return .string(try parseString(input))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber(input))
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true), input)
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false), input)
        case UInt8(ascii: "n"): return try parseWord("null", .null, input)
        default: throw unexpected(input, expected: "a value")
        }
    }

    private mutating func parseObject(_ input: Span<UInt8>) throws(JSONParseFailure) -> JSONObject {
        try enter()
        var object = JSONObject()
        position += 1
        skipWhitespace(input)
        if take(UInt8(ascii: "}"), input) {
            depth -= 1
            return object
        }
        while true {
            let keyPosition = position
            guard position < input.count, input[position] == UInt8(ascii: "\"") else {
                throw unexpected(input, expected: "a member name in double quotes")
            }
            let key = try parseString(input)
            skipWhitespace(input)
            guard take(UInt8(ascii: ":"), input) else { throw unexpected(input, expected: "':' after a member name") }
            skipWhitespace(input)
            let value = try parseValue(input)
            guard object.appendIfNew(key, value) else {
                throw JSONParseFailure(
                    offset: keyPosition, message: "the member name \"\(key)\" appears twice in this object")
            }
            skipWhitespace(input)
            if take(UInt8(ascii: ","), input) {
                skipWhitespace(input)
                continue
            }
            guard take(UInt8(ascii: "}"), input) else { throw unexpected(input, expected: "',' or '}'") }
            depth -= 1
            return object
        }
    }

    private mutating func parseArray(_ input: Span<UInt8>) throws(JSONParseFailure) -> [JSONValue] {
        try enter()
        var elements: [JSONValue] = []
        position += 1
        skipWhitespace(input)
        if take(UInt8(ascii: "]"), input) {
            depth -= 1
            return elements
        }
        while true {
            elements.append(try parseValue(input))
            skipWhitespace(input)
            if take(UInt8(ascii: ","), input) {
                skipWhitespace(input)
                continue
            }
            guard take(UInt8(ascii: "]"), input) else { throw unexpected(input, expected: "',' or ']'") }
            depth -= 1
            return elements
        }
    }

    private mutating func parseWord(
        _ word: StaticString, _ value: JSONValue, _ input: Span<UInt8>
    ) throws(JSONParseFailure) -> JSONValue {
        for expected in word.description.utf8 {
            guard take(expected, input) else { throw unexpected(input, expected: "the word \(word)") }
        }
        return value
    }

    private mutating func enter() throws(JSONParseFailure) {
        depth += 1
        if depth > limits.maximumDepth {
            throw failure("arrays and objects are nested deeper than \(limits.maximumDepth) levels")
        }
    }

    mutating func take(_ byte: UInt8, _ input: Span<UInt8>) -> Bool {
        guard position < input.count, input[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace(_ input: Span<UInt8>) {
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    func failure(_ message: String) -> JSONParseFailure { JSONParseFailure(offset: position, message: message) }

    /// An error at the current position naming what stands there instead of `expected`.
    func unexpected(_ input: Span<UInt8>, expected: String) -> JSONParseFailure {
        guard position < input.count else { return failure("the text ends where \(expected) should be") }
        let byte = input[position]
        let found =
            (0x21...0x7E).contains(byte)
            ? "'\(Character(UnicodeScalar(byte)))'" : "the byte 0x\(String(byte, radix: 16, uppercase: true))"
        return failure("expected \(expected), found \(found)")
    }
}
