import JSONSchema
import Testing

@Suite struct FormatTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let format: String
        let valid: [String]
        let invalid: [String]
        var testDescription: String { format }
    }

    static let examples: [Example] = [
        Example(
            format: "date", valid: ["2024-02-29", "2000-02-29", "0000-12-31"],
            invalid: [
                "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "24-01-01", "2024-1-1",
                "२०२४-01-01",
            ]),
        Example(
            format: "time", valid: ["00:00:00Z", "23:59:60z", "08:30:06.283185-08:00", "15:59:60-08:00"],
            invalid: ["24:00:00Z", "12:00:00", "22:59:60Z", "12:00:00.Z", "12:00:00+24:00", "12:00Z"]),
        Example(
            format: "date-time", valid: ["2024-02-29t12:00:00z", "1998-12-31T15:59:60.123-08:00"],
            invalid: ["2024-02-30T12:00:00Z", "2024-02-29 12:00:00Z", "2024-02-29T12:00:00"]),
        Example(
            format: "duration", valid: ["P1Y", "PT36H", "P2W", "P1Y2M3DT4H5M6S", "P1DT12H"],
            invalid: ["P", "PT", "P1YT", "P1Y2D", "P1W1D", "PT0.5S", "1D", "P1H", "P2D1Y", "-P1D", "P1D "]),
        Example(
            format: "email", valid: ["a@b", "a.b+c@example.com", "\"a@ b\"@c.de", "a@[127.0.0.1]", "a@[IPv6:::1]"],
            invalid: ["a", "@b", "a@", ".a@b", "a..b@c", "a@-b", "a@b_c", "ä@b.de", "a@[1.2.3]", "\"a\"b\"@c"]),
        Example(format: "idn-email", valid: ["ä@bücher.de", "a@b"], invalid: ["ä", "a b@c"]),
        Example(
            format: "hostname", valid: ["localhost", "a-b.example.com", "1host", "xn--4gbwdl.xn--wgbh1c"],
            invalid: ["", ".", "a.", "-a", "a-", "a_b", "ü.de", "xn--X", String(repeating: "a", count: 64)]),
        Example(
            format: "idn-hostname", valid: ["bücher.de", "실례。테스트", "l·l", "a.b"],
            invalid: ["Bücher", "a·l", "〮실례", "a..b", "-ü", "ab--ü", "\u{300}ü", "aא"]),
        Example(
            format: "ipv4", valid: ["0.0.0.0", "255.255.255.255"],
            invalid: ["256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.", "1.2.3.٤"]),
        Example(
            format: "ipv6",
            valid: ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1::8", "1:2:3:4:5:6:1.2.3.4"],
            invalid: [
                ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", ":1", "1:", "::1%eth0",
                "1:2:3:4:5:6:7:1.2.3.4", "1.2.3.4", ":1.2.3.4", "1:2:3:4::5:6:7:8:9",
            ]),
        Example(
            format: "uri", valid: ["http://a/b?c#d", "urn:a:b", "mailto:a@b.c", "http://[::1]:80/", "a:"],
            invalid: [
                "", "/a", "//a", "http://a b", "http://[::1", "http://a:b", "http://a/%g0", "ä:b", "http://ä", "1a:b",
            ]),
        Example(
            format: "uri-reference", valid: ["", "/a", "//a", "?b", "#c", "./a:b", "a/b"],
            invalid: ["\\", "1:b", "#a#b", "/ä", "a b", "[a]"]),
        Example(
            format: "iri", valid: ["http://bücher.de/ä?\u{E000}#ß"], invalid: ["/ä", "http://ä/\u{E000}", "http://ä b"]),
        Example(format: "iri-reference", valid: ["ä", "#ß"], invalid: ["\\ä", "ä^"]),
        Example(
            format: "uri-template", valid: ["", "/a/{b}{?c,d*}", "{+e:3}", "ä"],
            invalid: ["{", "}", "{}", "{a,}", "{a:0}", "{a b}", "%4", "{=a}"]),
        Example(
            format: "uuid", valid: ["2EB8AA08-aa98-11ea-b4aa-73b441d16380"],
            invalid: ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4ga-73b441d16380", "{}"]),
        Example(format: "json-pointer", valid: ["", "/", "/a~0b~1"], invalid: ["a", "/~", "/~2", "#/a"]),
        Example(
            format: "relative-json-pointer", valid: ["0", "1#", "12/a"],
            invalid: ["", "/a", "01", "-1", "0##", "1#/a", "0/~"]),
        Example(format: "regex", valid: ["a+", "(?<a>b)\\k<a>"], invalid: ["(", "\\Z"]),
        Example(format: "unheard-of", valid: ["anything"], invalid: []),
    ]

    @Test(arguments: examples)
    func formatsAreAsserted(_ example: Example) throws {
        let schema: JSONValue = ["format": .string(example.format)]
        let validator = try SchemaValidator(schema: schema, options: SchemaOptions(assertsFormats: true))
        for text in example.valid { #expect(validator.validate(.string(text)) == [], "\(text)") }
        for text in example.invalid { #expect(!validator.isValid(.string(text)), "\(text)") }
        for other in [1, nil, true, [], [:]] as [JSONValue] { #expect(validator.isValid(other)) }
        // Without being asked for, a format is but a hint.
        let lenient = try SchemaValidator(schema: schema)
        for text in example.invalid { #expect(lenient.isValid(.string(text))) }
    }

    @Test func hugeTextsTakeLittleTime() throws {
        let options = SchemaOptions(assertsFormats: true)
        for format in FormatTests.examples.map(\.format) {
            let validator = try SchemaValidator(schema: ["format": .string(format)], options: options)
            for character in ["1", ":", "a", ".", "-", "ü", "{", "@", "\\", "(", "P", "/"] {
                let text = JSONValue.string(String(repeating: character, count: 200_000))
                let violations = validator.validate(text)
                #expect(violations.isEmpty == validator.isValid(text))
                #expect(violations.allSatisfy { $0.message.contains("not of the format") })
            }
        }
    }
}
