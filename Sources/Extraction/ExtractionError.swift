import Grammar
import Inference
import JSONSchema
import Mistral
import PageImages

/// Why a document gave no record. `description` is one line that names the file and the fix.
public enum ExtractionError: Error, Sendable {
    case document(DocumentError)
    case pageOutOfRange(file: String, page: Int, pageCount: Int)
    case schemaNotJSON(file: String, JSONParseError)
    case schemaRefused(file: String, reason: String)
    case modelNotFound(name: String, places: [String])
    case model(folder: String, ModelError)
    case tokenizer(folder: String, TekkenError)
    case template(ChatTemplateError)
    /// The files of a model folder do not belong together.
    case modelMismatch(folder: String, reason: String)
    /// The document, its schema and the answer do not fit into the model's context.
    case doesNotFit(file: String, promptTokens: Int, answerTokens: Int, contextLength: Int)
    /// The budget is smaller than the shortest record that the schema admits.
    case budgetTooSmall(file: String, budget: Int, shortest: Int)
    case generation(file: String, InferenceError)
    /// The record breaks its schema: a defect of Gleaner, caught before the record is given out.
    case recordInvalid(file: String, reason: String)
}

extension ExtractionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .document(let error):
            return error.description
        case .pageOutOfRange(let file, let page, let pageCount):
            return "\(file): there is no page \(page), the document has \(pageCount); change --pages"
        case .schemaNotJSON(let file, let error):
            return "\(file): the schema is not JSON: \(error); correct it"
        case .schemaRefused(let file, let reason):
            return "\(file): \(reason)"
        case .modelNotFound(let name, let places):
            return "\(name): no such model; name its folder or GGUF file with --model or GLEANER_MODEL (looked in "
                + places.joined(separator: ", ") + ")"
        case .model(let folder, let error):
            // Most name the file in the folder.
            let text = error.description
            return text.hasPrefix(folder) ? text : "\(folder): \(text)"
        case .tokenizer(let folder, let error):
            return "\(folder): \(error); get the model again"
        case .modelMismatch(let folder, let reason):
            return "\(folder): \(reason); get the model again, all files from one place"
        case .template(let error):
            return "the prompt was refused: \(error)"
        case .doesNotFit(let file, let prompt, let answer, let context):
            return "\(file): does not fit: \(prompt) tokens of pages and schema and \(answer) of answer "
                + "exceed the model's context of \(context); choose fewer pages with --pages or another model"
        case .budgetTooSmall(let file, let budget, let shortest):
            return
                "\(file): \(budget) tokens are too few for any record of this schema, the shortest takes \(shortest); "
                + "raise --max-tokens"
        case .generation(let file, let error):
            return "\(file): \(error)"
        case .recordInvalid(let file, let reason):
            return "\(file): the record breaks its schema (\(reason)); this is a defect of Gleaner, please report it"
        }
    }
}
