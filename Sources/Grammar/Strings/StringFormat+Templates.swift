/// URI templates, pointers, UUIDs and patterns as patterns.
enum TemplateText {
    /// RFC 6570. Operators that it keeps for later are invalid.
    static let uriTemplate: String = {
        let encoded = "%[0-9A-Fa-f]{2}"
        let literal = "[^\\u{0}- \"%<>\\\\\\^`{|}\\u{7F}-\\u{9F}]"
        let name = "(?:[A-Za-z0-9_]|\(encoded))+"
        let variable = "\(name)(?:\\.\(name))*(?:\\*|:[1-9][0-9]{0,3})?"
        return "(?:\(literal)|\(encoded)|\\{[+#./;?&]?\(variable)(?:,\(variable))*\\})*"
    }()

    /// The text form of RFC 9562, of any version and variant.
    static let uuid = "\(digits){8}-\(digits){4}-\(digits){4}-\(digits){4}-\(digits){12}"

    private static let digits = "[0-9A-Fa-f]"

    /// RFC 6901.
    static let jsonPointer = "(?:/(?:[^/~]|~[01])*)*"

    /// draft-bhutton-relative-json-pointer, without the shifts of later drafts.
    static let relativeJSONPointer = "(?:0|[1-9][0-9]*)(?:#|\(jsonPointer))"

    /// Patterns of ECMA-262: literals, escapes, classes, groups, alternatives, anchors, quantifiers.
    static let regex: String = {
        let escape = "\\\\(?:[dDsSwWtnvfr]|[\\^$\\\\.*+?()\\[\\]{}|/])"
        let classItem = "(?:[^\\\\\\[\\]\\^\\-]|a-z|A-Z|0-9|\(escape))"
        let quantifier = "(?:[*+?]|\\{[0-9]{1,3}(?:,|)\\})\\??"
        let character = "(?:[^\\^$\\\\.*+?()\\[\\]{}|/]|\\.|\(escape)|\\[\\^?\(classItem)*\\])"
        // Each level holds groups of the level before.
        var pattern = "(?:\(character)(?:\(quantifier))?|[\\^$|])*"
        for _ in 0..<3 {
            pattern = "(?:(?:\(character)|\\((?:\\?:)?\(pattern)\\))(?:\(quantifier))?|[\\^$|])*"
        }
        return pattern
    }()
}
