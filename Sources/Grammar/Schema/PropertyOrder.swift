/// In which order the members of a generated object may come; the keyword `x-order` of a schema.
public enum PropertyOrder: String, Sendable, Hashable {
    /// As `properties` declares them, undeclared ones last.
    case declared
    /// In every order.
    case any
}
