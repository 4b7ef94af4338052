import Testing

@testable import Grammar

struct DecimalTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-0.000e7", "0"), ("1.0", "1"), ("100", "100"), ("1e2", "100"), ("-12.50", "-12.5"),
        ("0.00120", "0.0012"), ("5E-3", "0.005"), ("12345678901234567890.5", "12345678901234567890.5"),
        ("0e999999999999999999999", "0"), ("1e+3", "1000"), ("-120e-1", "-12"),
    ])
    func canonicalText(lexeme: String, text: String) throws {
        let value = try #require(Decimal(lexeme: lexeme))
        #expect(String(decoding: value.text, as: UTF8.self) == text)
        #expect(Decimal(lexeme: text) == value)
    }

    @Test func longTextsHaveAnExponent() throws {
        #expect(decimal("1e399").text.count == 400)
        #expect(String(decoding: decimal("-12.5e600").text, as: UTF8.self) == "-125e599")
        #expect(String(decoding: decimal("1e-500").text, as: UTF8.self) == "1e-500")
    }

    @Test(arguments: [
        "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "1 ", "0x1", "NaN", "--1", "1e999999999", "1e-999999999",
        "1e99999999999999999999999999", "1e5000",
    ])
    func refusedLexemes(lexeme: String) {
        #expect(Decimal(lexeme: lexeme) == nil)
    }

    @Test func refusesTooManyDigits() {
        #expect(Decimal(lexeme: String(repeating: "7", count: 4096)) != nil)
        #expect(Decimal(lexeme: String(repeating: "7", count: 4097)) == nil)
        #expect(Decimal(lexeme: "1" + String(repeating: "0", count: 4097)) == nil)
    }

    @Test func ordersAndDividesAsIntegersDo() {
        var generator = NumberGenerator(state: 1)
        for _ in 0..<5000 {
            let range = [20, 1000, 1_000_000_000].randomElement(using: &generator) ?? 20
            let left = Int.random(in: -range...range, using: &generator)
            let right = Int.random(in: -range...range, using: &generator)
            let exponent = Int.random(in: -5...5, using: &generator)
            let (one, other) = (Decimal(Int128(left), exponent: exponent), Decimal(Int128(right), exponent: exponent))
            #expect((one < other) == (left < right))
            #expect((one == other) == (left == right))
            #expect(one.isMultiple(of: other) == (right == 0 ? left == 0 : left % right == 0))
            #expect(one.isInteger == (exponent >= 0 || left % [1, 10, 100, 1000, 10_000, 100_000][-exponent] == 0))
        }
    }

    @Test func dividesByMoreThanAWord() {
        let large = decimal("123456789012345678901234567890123")
        #expect(large.isMultiple(of: large) == true)
        #expect(decimal("370370367037037036703703703670369").isMultiple(of: large) == true)
        #expect(decimal("370370367037037036703703703670370").isMultiple(of: large) == false)
        // Too large to be decided in a bounded time.
        let (sevens, threes) = (String(repeating: "7", count: 4000), String(repeating: "3", count: 3000))
        #expect(decimal(sevens).isMultiple(of: decimal(threes)) == nil)
    }

    @Test func multiplesAreExact() {
        #expect(decimal("4.35").isMultiple(of: decimal("0.01")) == true)
        #expect(decimal("0.3").isMultiple(of: decimal("0.1")) == true)
        #expect(decimal("1e308").isMultiple(of: decimal("0.123456789")) == false)
        #expect(decimal("12391239123").isMultiple(of: decimal("1e-8")) == true)
        #expect(decimal("0.0001").isMultiple(of: decimal("0.001")) == false)
        #expect(decimal("0").isMultiple(of: decimal("7")) == true)
    }
}
