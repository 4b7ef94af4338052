import JSONSchema

/// Why a schema makes no grammar, or why a token cannot follow.
public struct GrammarError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The schema keyword at fault; empty where the schema as a whole or a token is.
    public let keyword: String
    /// The schema that holds the keyword.
    public let pointer: JSONPointer
    /// Whether the schema can be held, but nothing satisfies it.
    public let isUnsatisfiable: Bool
    /// One sentence that says what is wrong, where, and what to do.
    public let message: String

    public var description: String { message }

    init(keyword: String = "", at pointer: JSONPointer, isUnsatisfiable: Bool = false, _ explanation: String) {
        self.isUnsatisfiable = isUnsatisfiable
        self.keyword = keyword
        self.pointer = pointer
        let place = pointer == .root ? "the root" : pointer.description
        let subject = keyword.isEmpty ? "the schema" : "keyword `\(keyword)`"
        message = "\(subject) at \(place) \(explanation)"
    }

    init(token: Int, _ explanation: String) {
        keyword = ""
        pointer = .root
        isUnsatisfiable = false
        message = "token \(token) \(explanation)"
    }
}
