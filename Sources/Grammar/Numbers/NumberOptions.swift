/// How long the text of a number may grow. Where a schema admits only longer numbers the limits give way.
struct NumberOptions: Hashable, Sendable {
    /// Digits before the decimal point.
    var maximumIntegerDigits = 32
    /// Digits after the decimal point.
    var maximumFractionDigits = 32
    /// Digits of the exponent.
    var maximumExponentDigits = 3
}
