import JSONSchema
import TestSupport
import Testing

func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

@Suite struct JSONParsingTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "12.50", "1E+2", "\"\"", "[]", "{}", "[1,[2,{\"a\":[]}]]",
        "{\"z\":1,\"a\":\"\u{1F600} é /\"}", "\"\\u0001 \\\" \\\\ \\n\"",
    ])
    func compactTextComesBackAsItWas(_ text: String) throws {
        #expect(String(decoding: try json(text).serialized(), as: UTF8.self) == text)
    }

    @Test func escapesAreDecoded() throws {
        #expect(try json(#""\u0041\/\b\f\n\r\t\"\\\u00e9\uD83D\uDE00""#) == .string("A/\u{8}\u{C}\n\r\t\"\\é\u{1F600}"))
        #expect(try json("\"\u{7F}\"") == .string("\u{7F}"))
        #expect(try json(" \t\r\n[ 1 , 2 ] ") == [1, 2])
    }

    @Test(arguments: [
        ("", 0), (" ", 1), ("nul", 3), ("nulL", 3), ("[1,]", 3), ("[1 2]", 3), ("{\"a\"}", 4), ("{\"a\":1,}", 7),
        ("{a:1}", 1), ("01", 0), ("-", 1), ("1.", 2), (".5", 0), ("+1", 0), ("1e", 2), ("1e+", 3), ("NaN", 0),
        ("\"a", 2), ("\"\\", 2), ("\"\\x\"", 1), ("\"\\u12g4\"", 1), ("\"\\u123", 1), ("\"\u{1}\"", 1),
        ("\"\\ud800\"", 1), ("\"\\udc00\"", 1), ("\"\\ud800\\u0041\"", 1), ("1 2", 2), ("[", 1), ("{\"a\":", 5),
        ("{\"a\":1,\"a\":2}", 7), ("1e1234567890123", 2), ("\u{FEFF}1", 0), ("'a'", 0), ("[1]]", 3), ("// x", 0),
    ])
    func brokenTextIsRefusedAtItsPlace(_ text: String, offset: Int) throws {
        let error = #expect(throws: JSONParseError.self) { try json(text) }
        #expect(error?.offset == offset, "\(error?.description ?? "")")
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xFF], [0xC3, 0x28],
        ] as [[UInt8]])
    func invalidUTF8IsRefused(_ bytes: [UInt8]) {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: [0x22] + bytes) }
    }

    @Test func allCodePointsAroundTheBordersOfUTF8ComeBack() throws {
        let codes: [UInt32] = [
            0x20, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x3FFFF, 0x10FFFF,
        ]
        let text = String(String.UnicodeScalarView(codes.compactMap(UnicodeScalar.init)))
        #expect(try JSONValue(parsing: JSONValue.string(text).serialized()) == .string(text))
    }

    @Test func errorsCountLinesAndColumns() {
        let error = #expect(throws: JSONParseError.self) { try json("{\n  \"a\": 1,\n  \"b\": x\n}") }
        #expect(error?.line == 3)
        #expect(error?.column == 8)
        #expect(error?.message == "expected a value, found 'x'")
    }

    @Test func depthAndSizeAreBounded() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(256)) }
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: nested(257)) }
        #expect(throws: JSONParseError.self) {
            try JSONValue(parsing: nested(100_000), limits: JSONLimits(maximumDepth: 1_000_000))
        }
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: nested(9), limits: JSONLimits(maximumBytes: 17)) }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(9), limits: JSONLimits(maximumBytes: 18)) }
    }

    @Test func everyCutOfATextIsRefused() throws {
        let text = Array(#"{"a":[1.5e-3,"x\u00e9\ud83d\ude00€",true,null],"b":{}}"#.utf8)
        #expect(throws: Never.self) { try JSONValue(parsing: text) }
        for length in text.indices {
            #expect(throws: JSONParseError.self) { try JSONValue(parsing: Array(text[..<length])) }
        }
    }

    @Test func prettyTextIsIndented() throws {
        let value = try json(#"{"a":[1,{"b":[]}],"c":{}}"#)
        let pretty = String(decoding: value.serialized(pretty: true), as: UTF8.self)
        #expect(pretty == "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}")
        #expect(try json(pretty) == value)
    }

    @Test func aRealFileComesBack() throws {
        let bytes = try Repository.bytes(of: Repository.reference("tokenizer/tekken_v11_tiny.json"))
        let value = try JSONValue(parsing: bytes)
        #expect(value["vocab"]?.arrayValue?.isEmpty == false)
        #expect(try JSONValue(parsing: value.serialized(pretty: true)) == value)
        #expect(try JSONValue(parsing: value.serialized()) == value)
    }
}
