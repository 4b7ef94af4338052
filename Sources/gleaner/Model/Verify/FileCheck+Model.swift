import Files
import Mistral
import Tensors

extension FileCheck {
    /// Whether files make a model together: settings, weights and tokenizer as headers tell.
    ///
    /// - Parameter path: a folder or a GGUF file; other files are no model by themselves.
    /// - Returns: what keeps the model from being used; nil if nothing does.
    static func fault(ofModelAt path: String) throws -> FileCheck? {
        let isFolder = try Files.isFolder(path)
        guard isFolder || path.hasSuffix(".gguf") else { return nil }
        let outcome: Outcome
        do {
            guard let error = try ModelFacts(files: ModelFiles(path: path)).tokenizerError else { return nil }
            if case .missing = error {
                outcome = .incomplete(error.description)
            } else {
                outcome = .damaged(error.description)
            }
        } catch {
            switch error {
            // A vision encoder, which needs no text model to be whole.
            case .incomplete where !isFolder: return nil
            case .incomplete: outcome = .incomplete(error.description)
            case .file(let file) where isMissing(file.path), .gguf(.file(let file)) where isMissing(file.path),
                .weights(.file(let file)) where isMissing(file.path):
                outcome = .incomplete(error.description)
            default: outcome = .damaged(error.description)
            }
        }
        return FileCheck(name: path, outcome: outcome, hasSum: false)
    }

    private static func isMissing(_ path: String) -> Bool { ((try? Files.identity(of: path)) ?? nil) == nil }
}
