extension JSONParser {
    /// More exponent digits than this are refused, so that exponents can be computed with.
    private static let maximumExponentDigits = 12

    /// Parses the number at the current position by the grammar of RFC 8259, section 6.
    mutating func parseNumber(_ input: Span<UInt8>) throws(JSONParseFailure) -> JSONNumber {
        let start = position
        _ = take(UInt8(ascii: "-"), input)
        let firstDigit = position
        let integerDigits = skipDigits(input)
        guard integerDigits > 0 else { throw unexpected(input, expected: "a digit") }
        if integerDigits > 1, input[firstDigit] == UInt8(ascii: "0") {
            position = firstDigit
            throw failure("a number must not start with a superfluous zero")
        }
        if take(UInt8(ascii: "."), input), skipDigits(input) == 0 {
            throw unexpected(input, expected: "a digit after the decimal point")
        }
        if take(UInt8(ascii: "e"), input) || take(UInt8(ascii: "E"), input) {
            if !take(UInt8(ascii: "+"), input) { _ = take(UInt8(ascii: "-"), input) }
            let exponentStart = position
            let exponentDigits = skipDigits(input)
            guard exponentDigits > 0 else { throw unexpected(input, expected: "a digit in the exponent") }
            guard exponentDigits <= Self.maximumExponentDigits else {
                position = exponentStart
                throw failure("the exponent has more than \(Self.maximumExponentDigits) digits")
            }
        }
        guard let text = try? UTF8Span(validating: input.extracting(start..<position)) else {
            throw failure("the number is not UTF-8")
        }
        return JSONNumber(checkedLexeme: String(copying: text))
    }

    private mutating func skipDigits(_ input: Span<UInt8>) -> Int {
        let start = position
        while position < input.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(input[position]) {
            position += 1
        }
        return position - start
    }
}
