/// A parameter of a request that is out of its range.
public struct ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// As the public APIs spell it, such as "top_p".
    public let parameter: String
    public let value: String
    /// What is taken, such as "more than 0, at most 1".
    public let range: String

    public init(parameter: String, value: String, range: String) {
        self.parameter = parameter
        self.value = value
        self.range = range
    }

    public var description: String { "\(parameter) is \(value), but must be \(range)" }
}
