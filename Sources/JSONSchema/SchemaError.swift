/// Why a JSON Schema is refused: the keyword, the place, and what to do.
public struct SchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The keyword at fault; empty where the schema as a whole is.
    public let keyword: String
    /// The schema that holds the keyword.
    public let pointer: JSONPointer
    /// URI of the document that `pointer` leads into; empty for the schema given where it has none.
    public let document: String
    /// One sentence that names the keyword and the place.
    public let message: String

    public var description: String { message }

    init(keyword: String = "", at pointer: JSONPointer, in document: String = "", _ explanation: String) {
        self.keyword = keyword
        self.pointer = pointer
        self.document = document
        let place = pointer == .root ? "the root" : pointer.description
        let subject = keyword.isEmpty ? "the schema" : "keyword `\(keyword)`"
        message = "\(subject) at \(place)\(document.isEmpty ? "" : " of \(document)") \(explanation)"
    }
}

/// One way in which an instance breaks its schema.
public struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// The offending value in the instance.
    public let instancePointer: JSONPointer
    /// The way through the schema to the keyword that is broken; a reference that was followed is a token of it.
    public let schemaPointer: JSONPointer
    /// Where that keyword stands: the URI of its document, `#` and a pointer.
    public let schemaLocation: String
    /// One sentence.
    public let message: String

    public var description: String {
        "\(instancePointer == .root ? "the document" : instancePointer.description): \(message)"
    }
}

/// A keyword that has no effect on the verdict although its name or place suggests one.
public struct UnenforcedKeyword: Hashable, Sendable, CustomStringConvertible {
    public let keyword: String
    /// The schema that holds the keyword.
    public let pointer: JSONPointer
    /// URI of the document that `pointer` leads into; empty for the schema given where it has none.
    public let document: String
    /// One sentence without a subject.
    public let reason: String

    public var description: String {
        SchemaError(keyword: keyword, at: pointer, in: document, reason).message
    }
}
