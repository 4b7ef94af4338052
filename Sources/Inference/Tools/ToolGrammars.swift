import Grammar
import JSONSchema
import Mistral

/// The tools of a request, each with the grammar of its arguments. Made once, and good for any number of requests.
public struct ToolGrammars: Sendable {
    /// As OpenAI's API has it.
    public static let most = 128

    public let tools: [Tool]
    let arguments: [Grammar]
    /// What the arguments were compiled from.
    let schemas: [JSONValue]
    let options: GrammarOptions

    /// Compiles the parameters of each tool as an object, also where they do not say that they are one. A tool whose
    /// parameters describe no property has none, as in OpenAI's API.
    ///
    /// - Throws: for names that are malformed or come twice, and for parameters that cannot be held while decoding.
    public init(_ tools: [Tool], options: GrammarOptions = Self.options) throws(ToolError) {
        self.tools = tools
        self.options = options
        var arguments: [Grammar] = []
        var schemas: [JSONValue] = []
        var names: Set<String> = []
        if tools.count > Self.most {
            throw ToolError(
                tool: tools[Self.most].name, "is one of \(tools.count), and at most \(Self.most) can be held")
        }
        for tool in tools {
            guard Self.isName(tool.name) else {
                throw ToolError(
                    tool: tool.name, "has a name that is not 1 to 64 of the characters a-z, A-Z, 0-9, _ and -")
            }
            guard names.insert(tool.name).inserted else {
                throw ToolError(tool: tool.name, "comes twice: give each a name of its own")
            }
            let schema = try Self.objectSchema(tool)
            schemas.append(schema)
            do {
                arguments.append(try Grammar(schema: schema, options: options))
            } catch {
                throw ToolError(tool: tool.name, pointer: error.pointer, error.message)
            }
        }
        self.arguments = arguments
        self.schemas = schemas
    }

    /// Those of extraction: what the parameters do not describe is not made up.
    public static var options: GrammarOptions {
        var options = GrammarOptions()
        options.undeclared = .whereDescribed
        return options
    }

    func index(of name: some Collection<UInt8>) -> Int? {
        tools.firstIndex { $0.name.utf8.elementsEqual(name) }
    }

    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The parameters with `type` object.
    private static func objectSchema(_ tool: Tool) throws(ToolError) -> JSONValue {
        var members = tool.parameters.members.map { ($0.key, $0.value) }
        if members.allSatisfy(describesNothing) { members.append(("additionalProperties", .bool(false))) }
        let place = members.firstIndex { $0.0 == "type" }
        guard let place else { return .object(JSONObject([("type", .string("object"))] + members)) }
        let types = members[place].1.arrayValue ?? [members[place].1]
        guard types.contains(.string("object")) else {
            throw ToolError(
                tool: tool.name, pointer: JSONPointer(tokens: ["type"]),
                "`type` at /type must be \"object\", as arguments are one")
        }
        members[place].1 = .string("object")
        return .object(JSONObject(members))
    }

    /// Whether a keyword says nothing of any property.
    private static func describesNothing(_ keyword: String, _ value: JSONValue) -> Bool {
        switch keyword {
        case "type", "title", "description", "$schema", "$id", "$comment": true
        case "properties": value.objectValue?.isEmpty ?? false
        case "required": value.arrayValue?.isEmpty ?? false
        default: false
        }
    }
}
