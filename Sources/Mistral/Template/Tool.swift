import JSONSchema

/// A function that the model may call.
public struct Tool: Hashable, Sendable {
    /// 1 to 64 of the characters a-z, A-Z, 0-9, `_` and `-`.
    public let name: String
    public let description: String
    /// JSON Schema of the arguments; its members reach the model in this order.
    public let parameters: JSONObject

    public init(name: String, description: String = "", parameters: JSONObject) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

/// A call of a function in an assistant message.
public struct ToolCall: Hashable, Sendable {
    /// 9 of the characters a-z, A-Z and 0-9.
    public let id: String
    public let name: String
    /// JSON text of the arguments. Empty text stands for `{}`.
    public let arguments: String

    public init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }

    /// A random id in the form that the template demands.
    public static func randomID(using generator: inout some RandomNumberGenerator) -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars)
        var id = String.UnicodeScalarView()
        for _ in 0..<9 { id.append(alphabet[Int.random(in: alphabet.indices, using: &generator)]) }
        return String(id)
    }

    /// Whether `id` is 9 letters or digits.
    static func isValidID(_ id: String) -> Bool { id.utf8.count == 9 && id.utf8.allSatisfy(isLetterOrDigit) }

    /// Whether `name` is a permitted function name.
    static func isValidName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
