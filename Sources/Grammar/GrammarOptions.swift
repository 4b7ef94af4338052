/// What a grammar allows beyond its schema: whitespace, nesting, length of numbers.
public struct GrammarOptions: Sendable, Hashable {
    /// Where generated JSON may hold whitespace.
    public enum Whitespace: Sendable, Hashable {
        /// Nowhere: compact JSON.
        case none
        /// At most one space after each `:` and `,`.
        case singleSpace
    }

    public var whitespace: Whitespace
    /// Deepest nesting of arrays and objects; recursive schemas end there. Constants of `enum` and `const` are exempt.
    public var maximumDepth: Int
    /// Digits before the decimal point.
    public var maximumIntegerDigits: Int
    /// Digits after the decimal point.
    public var maximumFractionDigits: Int
    /// Digits of the exponent.
    public var maximumExponentDigits: Int

    public init(
        whitespace: Whitespace = .singleSpace, maximumDepth: Int = 64, maximumIntegerDigits: Int = 32,
        maximumFractionDigits: Int = 32, maximumExponentDigits: Int = 3
    ) {
        self.whitespace = whitespace
        self.maximumDepth = max(0, maximumDepth)
        self.maximumIntegerDigits = max(1, maximumIntegerDigits)
        self.maximumFractionDigits = max(0, maximumFractionDigits)
        self.maximumExponentDigits = max(0, maximumExponentDigits)
    }
}
