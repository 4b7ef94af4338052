extension JSONParser {
    /// Parses the string whose opening quote is at the current position.
    mutating func parseString(_ input: Span<UInt8>) throws(JSONParseFailure) -> String {
        position += 1
        let start = position
        try skipPlain(input)
        if input[position] == UInt8(ascii: "\"") {
            let string = Self.string(input.extracting(start..<position))
            position += 1
            return string
        }
        decoded.removeAll(keepingCapacity: true)
        append(input, start..<position)
        while input[position] == UInt8(ascii: "\\") {
            try parseEscape(input)
            let runStart = position
            try skipPlain(input)
            append(input, runStart..<position)
        }
        position += 1
        return Self.string(decoded.span)
    }

    /// Makes a string of UTF-8 that has been checked already.
    private static func string(_ bytes: Span<UInt8>) -> String {
        guard let text = try? UTF8Span(validating: bytes) else { return "" }
        return String(copying: text)
    }

    private mutating func append(_ input: Span<UInt8>, _ range: Range<Int>) {
        for index in range { decoded.append(input[index]) }
    }

    /// Moves to the next quote or backslash, checking that all before it is UTF-8 without control characters.
    private mutating func skipPlain(_ input: Span<UInt8>) throws(JSONParseFailure) {
        var index = position
        let end = input.count
        while index < end {
            let byte = input[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                position = index
                return
            }
            if byte >= 0x80 {
                let length = utf8SequenceLength(input, at: index)
                guard length > 0 else {
                    position = index
                    throw failure("the string holds bytes that are not UTF-8")
                }
                index += length
            } else {
                guard byte >= 0x20 else {
                    position = index
                    throw failure("the string holds a raw control character: write it as an escape such as \\n")
                }
                index += 1
            }
        }
        position = index
        throw failure("the text ends inside a string")
    }

    /// Length of the well-formed multi-byte sequence at `index` (Unicode table 3-7), or 0.
    private func utf8SequenceLength(_ input: Span<UInt8>, at index: Int) -> Int {
        let lead = input[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard index + length <= input.count, second.contains(input[index + 1]) else { return 0 }
        for offset in 2..<max(length, 2) where input[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// Decodes the escape at the current backslash.
    private mutating func parseEscape(_ input: Span<UInt8>) throws(JSONParseFailure) {
        guard position + 1 < input.count else {
            position = input.count
            throw failure("the text ends inside a string")
        }
        let kind = input[position + 1]
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(kind)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            try parseUnicodeEscape(input)
            return
        default: throw failure("the string holds an unknown escape: use \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\uXXXX")
        }
        position += 2
    }

    private mutating func parseUnicodeEscape(_ input: Span<UInt8>) throws(JSONParseFailure) {
        let start = position
        let unit = try parseHexUnit(input)
        var code = unit
        if (0xD800...0xDFFF).contains(unit) {
            let isPair =
                unit < 0xDC00 && position + 1 < input.count && input[position] == UInt8(ascii: "\\")
                && input[position + 1] == UInt8(ascii: "u")
            let low = isPair ? try parseHexUnit(input) : 0
            guard (0xDC00...0xDFFF).contains(low) else {
                position = start
                throw failure("the escape is half of a surrogate pair without its other half")
            }
            code = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        }
        if let scalar = UnicodeScalar(code) { decoded.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
    }

    /// Reads the `\uXXXX` at the current position.
    private mutating func parseHexUnit(_ input: Span<UInt8>) throws(JSONParseFailure) -> UInt32 {
        guard position + 6 <= input.count else { throw failure("a \\u escape needs four hexadecimal digits") }
        var unit: UInt32 = 0
        for offset in 2..<6 {
            let byte = input[position + offset]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw failure("a \\u escape needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
        }
        position += 6
        return unit
    }
}
