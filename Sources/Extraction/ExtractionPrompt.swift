import JSONSchema
import Mistral

/// The conversation that asks for a record: the schema in the system prompt, the pages in the user's turn.
///
/// The schema stands before the pages so that its keys and values are the same for every document that is read under it.
/// gleaner-mini is trained on exactly this text (`training/gleaner_mini/prompt.py`).
public enum ExtractionPrompt {
    public static let instruction =
        "Read every page of the document and answer with one JSON value that follows this JSON Schema. "
        + "Copy what is printed; invent nothing.\n"

    public static func systemPrompt(schema: JSONValue) -> String {
        instruction + String(decoding: schema.serialized(), as: UTF8.self)
    }
}
