import JSONSchema

/// A schema document as a table of the schemas that its root reaches, with all references resolved.
///
/// Understood are the drafts 2020-12, 2019-09, 7, 6 and 4, each resource by its own `$schema`. References lead within
/// the document, to metaschemas, or to what the resolver finds. Cost: linear in the documents read.
struct SchemaTable: Sendable {
    /// A schema with more schemas than this is refused.
    static let maximumNodes = 200_000

    /// A keyword that restricts nothing here.
    struct IgnoredKeyword: Sendable {
        let keyword: String
        /// The node that has it.
        let node: Int32
        /// A sentence without its subject.
        let reason: String
    }

    private(set) var nodes: [SchemaNode]
    let root: Int32 = 0
    private(set) var resources: [SchemaResource]
    private(set) var ignored: [IgnoredKeyword]
    private let places: [SchemaPlace]
    private let documents: [String]

    /// Reads a document; throws if a reachable keyword is malformed or a reference leads nowhere.
    init(_ document: JSONValue, options: SchemaTableOptions = SchemaTableOptions()) throws(GrammarError) {
        var reader = SchemaReader(options: options)
        try reader.read(document)
        nodes = reader.nodes
        resources = reader.resources
        ignored = reader.ignored
        places = reader.places
        documents = reader.documents.map(\.uri)
    }

    /// Where a node stands in its document.
    func pointer(of node: Int32) -> JSONPointer { places.pointer(of: nodes[Int(node)].place) }

    /// The URI of the document that a node stands in; empty for the document given unless it has a base URI.
    func document(of node: Int32) -> String {
        documents[Int(resources[Int(nodes[Int(node)].resource)].document)]
    }

    /// An error about a keyword of a node; `explanation` goes on after naming the place.
    func error(_ keyword: String, of node: Int32, _ explanation: String) -> GrammarError {
        let document = resources[Int(nodes[Int(node)].resource)].document
        let origin = document == 0 ? "" : "of \(documents[Int(document)]) "
        return GrammarError(keyword: keyword, at: pointer(of: node), origin + explanation)
    }
}
