import JSONSchema
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        ("1", "1.0"), ("1", "1e0"), ("100", "1E+2"), ("0", "-0"), ("0", "0.000e99"), ("-12.50", "-125e-1"),
        ("1e400", "10e399"), ("12345678901234567890123", "12345678901234567890123.0"), ("1e-400", "0.1e-399"),
    ])
    func equalNumbersAreEqualAndHashAlike(_ left: String, _ right: String) throws {
        #expect(try json(left) == json(right))
        #expect(try Set([json(left), json(right)]).count == 1)
    }

    @Test(arguments: [
        ("9007199254740992", "9007199254740993"), ("0.1", "0.10000000000000000001"), ("1e400", "1e401"), ("1", "-1"),
        ("0.1", "0.01"), ("10", "1"), ("1e-400", "0"), ("1", "\"1\""), ("0", "false"), ("[]", "{}"), ("null", "0"),
    ])
    func differentValuesAreNotEqual(_ left: String, _ right: String) throws {
        #expect(try json(left) != json(right))
    }

    @Test func integersAreExact() throws {
        #expect(try json("9223372036854775807").intValue == .max)
        #expect(try json("-9223372036854775808").intValue == .min)
        #expect(try json("-9223372036854775808.0").intValue == .min)
        #expect(try json("9223372036854775808").intValue == nil)
        #expect(try json("-9223372036854775809").intValue == nil)
        #expect(try json("1e2").intValue == 100)
        #expect(try json("12.0").intValue == 12)
        #expect(try json("-1.5e1").intValue == -15)
        #expect(try json("1.5").intValue == nil)
        #expect(try json("1e18").intValue == 1_000_000_000_000_000_000)
        #expect(try json("1e19").intValue == nil)
        #expect(try json("1e999999999999").intValue == nil)
        #expect(JSONNumber(lexeme: "1e30")?.isInteger == true)
        #expect(JSONNumber(lexeme: "1e-1")?.isInteger == false)
    }

    @Test func doublesAreTheNearest() throws {
        #expect(try json("0.1").doubleValue == 0.1)
        #expect(try json("-1e-400").doubleValue == 0)
        #expect(try json("1e400").doubleValue == .infinity)
        for value in [0.1, 1e300, -2.5e-308, 3, 1e16, 123456.789] {
            #expect(try JSONValue(parsing: JSONValue.number(JSONNumber(value)).serialized()).doubleValue == value)
        }
    }

    @Test(arguments: ["", "01", "+1", " 1", "1 ", "1.", "NaN", "true", "0x1"])
    func onlyNumbersAreLexemes(_ text: String) {
        #expect(JSONNumber(lexeme: text) == nil)
    }

    @Test(arguments: [3, 40])
    func objectsKeepOrderAndFindKeys(_ count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["k\(index)"] = .number(JSONNumber(index)) }
        object["k1"] = "changed"
        object["k0"] = nil
        #expect(object.count == count - 1)
        #expect(object.keys == (1..<count).map { "k\($0)" })
        #expect(object["k0"] == nil)
        #expect(object["k1"] == "changed")
        #expect(object["k\(count - 1)"] == .number(JSONNumber(count - 1)))
        let reversed = JSONObject(object.members.reversed())
        #expect(reversed == object)
        #expect(Set([JSONValue.object(object), .object(reversed)]).count == 1)
        object["new"] = true
        #expect(reversed != object)
    }

    @Test func stringsAndKeysAreComparedByCodePoints() throws {
        // The same letter, composed and decomposed, is one Swift Character but two JSON strings.
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
        let value = try json("{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }

    @Test func literalsAndAccessors() {
        let value: JSONValue = ["a": [1, 2.5, "x", true, nil], "b": [:]]
        #expect(value["a"]?[0]?.intValue == 1)
        #expect(value["a"]?[1]?.doubleValue == 2.5)
        #expect(value["a"]?[2]?.stringValue == "x")
        #expect(value["a"]?[3]?.boolValue == true)
        #expect(value["a"]?[4]?.isNull == true)
        #expect(value["a"]?[5] == nil)
        #expect(value["b"]?.objectValue?.isEmpty == true)
        #expect(value["c"] == nil)
        #expect(value["a"]?["b"] == nil)
    }

    @Test func pointersFollowRFC6901() throws {
        let value = try json(##"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"m~n":8," ":7,"é":9}"##)
        for (text, expected) in [
            ("", value), ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/m~0n", 8),
            ("/ ", 7),
        ] as [(String, JSONValue)] {
            let pointer = try #require(JSONPointer(text))
            #expect(value[pointer] == expected)
            #expect(pointer.description == text)
        }
        for text in ["/foo/00", "/foo/2", "/foo/-", "/foo/-1", "/none", "/foo/0/0"] {
            #expect(value[try #require(JSONPointer(text))] == nil)
        }
        for text in ["foo", "/~", "/~2"] { #expect(JSONPointer(text) == nil) }
        #expect(value[try #require(JSONPointer(fragment: "#/c%25d"))] == 2)
        #expect(value[try #require(JSONPointer(fragment: "#/%C3%A9"))] == 9)
        #expect(JSONPointer(fragment: "#") == .root)
        for text in ["/foo", "#foo", "#/%", "#/%zz", "#/%FF", "other.json#/a"] {
            #expect(JSONPointer(fragment: text) == nil)
        }
        #expect(JSONPointer.root.appending("a/b").appending(2).description == "/a~1b/2")
    }
}
