/// Why a JSON Schema is refused: the keyword, the place, and what to do.
public struct SchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The keyword at fault; empty where the schema as a whole is.
    public let keyword: String
    /// The schema that holds the keyword.
    public let pointer: JSONPointer
    /// One sentence that names the keyword and the place.
    public let message: String

    public var description: String { message }

    init(keyword: String = "", at pointer: JSONPointer, _ explanation: String) {
        self.keyword = keyword
        self.pointer = pointer
        let place = pointer == .root ? "the root" : pointer.description
        let subject = keyword.isEmpty ? "the schema" : "keyword `\(keyword)`"
        message = "\(subject) at \(place) \(explanation)"
    }
}

/// One way in which an instance breaks its schema.
public struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// The offending value in the instance.
    public let instancePointer: JSONPointer
    /// The keyword that is broken.
    public let schemaPointer: JSONPointer
    /// One sentence.
    public let message: String

    public var description: String {
        "\(instancePointer == .root ? "the document" : instancePointer.description): \(message)"
    }
}
