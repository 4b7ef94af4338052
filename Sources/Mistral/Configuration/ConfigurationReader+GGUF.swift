import JSONSchema
import Tensors

extension ConfigurationReader {
    /// Longest array of settings; those of the vocabulary are in a section of their own.
    private static let longestArray = 1024

    /// The keys of GGUF metadata that begin with a section's name, without it and the full stop behind.
    init(gguf file: GGUFFile, section: String) throws(ModelError) {
        let metadata = file.metadata
        var members: [(key: String, value: JSONValue)] = []
        for key in metadata.keys where key.hasPrefix(section + ".") {
            do {
                members.append((String(key.dropFirst(section.count + 1)), try Self.value(metadata, key)))
            } catch { throw .gguf(error) }
        }
        self.init(path: file.path, prefix: section, object: .object(JSONObject(members)))
    }

    private static func value(_ metadata: GGUFMetadata, _ key: String) throws(GGUFError) -> JSONValue {
        let type = metadata.typeName(key) ?? ""
        switch type {
        case "string": return .string(try metadata.string(key))
        case "bool": return .bool(try metadata.bool(key))
        case "float32", "float64": return number(try metadata.float(key))
        default: break
        }
        guard type.hasPrefix("an array") else { return .number(JSONNumber(try metadata.integer(key))) }
        // "an array of 3 float32"
        let words = type.split(separator: " ")
        guard words.count == 5, let count = Int(words[3]), count <= longestArray else { return .string(type) }
        switch words[4] {
        case "float32", "float64": return .array(try metadata.floats(key).map(number))
        case "bool": return .array(try metadata.bools(key).map(JSONValue.bool))
        case "string": return .array(try metadata.strings(key).map(JSONValue.string))
        case "array": return .string(type)
        default: return .array(try metadata.integers(key).map { .number(JSONNumber($0)) })
        }
    }

    /// A number in as few digits as tell it from others of 32 bits, so that 1e-5 is the 1e-5 of other formats.
    private static func number(_ value: Double) -> JSONValue {
        guard value.isFinite else { return .string("\(value)") }
        let short = Double(Float(value).description) ?? value
        return .number(JSONNumber(Float(short) == Float(value) && Double(Float(value)) == value ? short : value))
    }
}
