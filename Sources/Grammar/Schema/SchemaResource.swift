import JSONSchema

/// A schema document, or the part of one below an `$id`: the unit of base URIs, drafts and dynamic scopes.
struct SchemaResource: Sendable {
    /// The name of the anchor that `$recursiveAnchor` gives; no `$dynamicAnchor` may be called so.
    static let recursiveAnchor = "$recursive"

    /// Without a fragment; empty if nothing names the resource.
    var baseURI: String
    /// The place of its root.
    let root: Int32
    /// The index of its document.
    let document: Int32
    var dialect: SchemaDialect
    var vocabularies: SchemaVocabularies = .standard
    /// Those that some dynamic reference asks for.
    var dynamicAnchors: [(name: String, node: Int32)] = []
}
