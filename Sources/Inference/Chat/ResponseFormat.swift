import Grammar
import JSONSchema

/// What the text of an answer must be: `response_format` of the public APIs, and more.
public enum ResponseFormat: Hashable, Sendable {
    /// Any text.
    case text
    /// Any JSON object.
    case jsonObject
    /// JSON that a schema admits. Strict: what cannot be held while decoding, and keywords that no draft knows, are
    /// refused; otherwise they are left to whoever validates the answer.
    case jsonSchema(JSONValue, isStrict: Bool = true)
    /// Text that matches a regular expression of ECMA-262 as a whole.
    case pattern(String)
    /// One of these texts.
    case choices([String])

    /// Nil for any text.
    ///
    /// - Throws: what is refused, by keyword and pointer.
    public func grammar() throws(GrammarError) -> Grammar? {
        switch self {
        case .text: return nil
        case .jsonObject: return try .anyObject()
        case .jsonSchema(let schema, let isStrict):
            var options = GrammarOptions()
            // What nobody asked for is not made up.
            options.undeclared = .whereDescribed
            options.isLenient = !isStrict
            options.refusesUnknownKeywords = isStrict
            return try Grammar(schema: schema, options: options)
        case .pattern(let pattern): return try Grammar(pattern: pattern)
        case .choices(let choices): return try Grammar(choices: choices)
        }
    }
}
