import ArgumentParser
import Extraction
import JSONSchema

/// A schema file as read: JSON, and no more is known of it.
struct SchemaDocument {
    let name: String
    let value: JSONValue

    init(_ path: String) throws {
        name = path == "-" ? "standard input" : path
        do {
            value = try JSONValue(parsing: InputFile.read(path))
        } catch let error as JSONParseError {
            throw ExtractionError.schemaNotJSON(file: name, error)
        }
    }
}
