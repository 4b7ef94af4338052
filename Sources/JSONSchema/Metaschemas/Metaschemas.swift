/// The metaschemas of all drafts, so that references to them need no file.
enum Metaschemas {
    /// The text of the schema with this URI, which has no fragment; nil if it is not a metaschema.
    static func text(uri: String) -> String? {
        for texts in [draft202012, draft201909, draft7, draft6, draft4] {
            if let text = texts[uri] { return text }
        }
        return nil
    }
}
