import JSONSchema

/// Keywords, numbers, patterns and references that have broken schema tools before, or might.
enum HostileValues {
    static let keywords = [
        "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern", "format", "items", "prefixItems", "additionalItems", "contains",
        "minContains", "maxContains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems", "properties",
        "patternProperties", "additionalProperties", "propertyNames", "required", "dependentRequired",
        "dependentSchemas", "dependencies", "minProperties", "maxProperties", "unevaluatedProperties", "allOf",
        "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "$dynamicRef", "$recursiveRef", "$id", "id", "$anchor",
        "$dynamicAnchor", "$recursiveAnchor", "$defs", "definitions", "$schema", "$vocabulary", "x-order", "nullable",
        "default", "description",
    ]

    static let numbers = [
        "0", "-0", "1", "-1", "2", "3", "0.1", "-0.5", "1.0", "1e0", "1e2", "0.01", "0.3", "2.5", "255", "65536",
        "2147483648", "-2147483649", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e19", "1e30", "1e308", "1e400",
        "-1e400", "1e-400", "1e-5", "5e-324", "1e999999999999", "1e-999999999999", "0e999999999999",
        "0.1000000000000000055511", "123456789012345678901234567890.123456789012345678901234567890",
        "99999999999999999999999999999999999999", "0.0000000000000000000000000001", "7919", "1000003", "20000",
        "100000", "1000000",
    ].compactMap(JSONNumber.init(lexeme:)).map(JSONValue.number)

    static let patterns = [
        "", "^", "$", "^$", "$^", "|", "()", "[]", "[^]", ".", ".*", "^.*$", "(a*)*b", "(a|a)*$", "^(a+)+$",
        "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "a{1000}", "a{1000}{1000}", "(a{0,100}){0,100}", "a{2147483648}",
        "a{99999999999999}", "a{2,1}", ".{5000}", "^.{0,300}x.{0,300}$", "(.{0,500}){20}", "^(?:a?){40}a{40}$",
        "[^\\x00-\\uFFFF]", "(?=.*a)(?=.*b).*", "(?!)", "(?!a).*", "^(?!.*\\.\\.)[^/]+$", "(?<=a)b", "(?<!a)b",
        "(?<n>a)\\k<n>", "\\1(a)", "(a)\\1", "(", ")", "[", "[z-a]", "\\", "*", "a**", "+", "\\u{110000}",
        "\\u{10FFFF}", "\\ud800", "\\uD83D\\uDE00", "\\p{L}", "\\p{Lu}{3,}", "\\P{L}", "\\p{Script=Greek}", "\\p{X}",
        "\\b", "\\bword\\b", "\\Ba", "\\cA", "\\0", "\\x7f", "[\\w-.]", "[\\d-z]", "\\S+@\\S+", "^\\s*$", "[\\s\\S]*",
        "(a|b)*a(a|b){12}", "(a|b)*a(a|b){40}", "^\"\\\\\\n$", "[😀-🙏]+", "é", "é+$", "x*?", "(?i)a",
        "^[a-z]+(-[a-z]+)*$", "\\d{3}", "^\\d+(\\.\\d+)?$",
    ]

    static let formats = [
        "date", "time", "date-time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6",
        "uri", "uri-reference", "iri", "iri-reference", "uri-template", "uuid", "json-pointer",
        "relative-json-pointer", "regex", "color", "phone", "",
    ]

    static let strings = [
        "", "a", "ab", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "é", "e\u{301}", "日本", "😀", "\u{0}", "\u{1f}", "\u{7f}",
        "\u{10ffff}", "\u{fffd}", "\"", "\\", "/", "\n", "a\nb", "2024-02-29", "2023-02-29", "12:30:00Z", "23:59:60Z",
        "1.2.3.4", "::1", "a@b.c", "http://a/b", "P1D", "null", "0", "#", "//", "a/b~1", "%25",
    ]

    static let references = [
        "#", "#/", "#/$defs/a", "#/definitions/a", "#a", "a", "#/properties/a", "#/%", "#/%7e", "#/allOf/0",
        "#/allOf/99999999999999999999", "urn:x", "http://", "../..", "?", "#/~2", "#//", "https://example.com/a.json",
        "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-04/schema#", "https://json-schema.org/draft/2019-09/schema",
    ]

    static let types = ["null", "boolean", "integer", "number", "string", "array", "object", "any"]

    static let names = ["a", "b", "name", "id", "type", "", "é", "e\u{301}", "a/b", "~", "\"", "\\", "__proto__", "0"]
}
