import JSONSchema

/// Who holds each keyword of the schemas that a schema document reaches.
public struct GrammarReport: Sendable {
    /// What keeps a generated text from breaking a keyword.
    public enum Holder: String, Sendable, CaseIterable {
        /// The automaton: each token mask follows from the place in the text alone.
        case masks
        /// The automaton together with what the array or object around holds so far.
        case state
        /// Nothing while decoding: the validator decides at the end (lenient compilation).
        case validator
        /// Nothing at all: the keyword restricts no value here.
        case nothing
    }

    /// A keyword of one schema.
    public struct Entry: Sendable {
        public let keyword: String
        /// The schema that holds the keyword.
        public let pointer: JSONPointer
        /// URI of the document that `pointer` leads into; empty for the schema given where it has none.
        public let document: String
        public let holder: Holder
        /// What else there is to know: a sentence without its subject, or empty.
        public let note: String
    }

    /// The draft that the document is written in.
    public let dialect: SchemaDialect
    /// Schemas that the root reaches, itself included.
    public let schemaCount: Int
    /// In the order in which schemas are reached; annotations such as `title` are left out.
    public let entries: [Entry]

    /// Reads `schema` as a grammar does, without compiling it.
    ///
    /// - Parameter warnings: those of the `Grammar`: keywords that lenient compilation left to the validator.
    /// - Throws: if a keyword is malformed or a reference leads nowhere.
    public init(
        schema: JSONValue, options: GrammarOptions = .init(), warnings: [GrammarError] = []
    ) throws(GrammarError) {
        let table = try SchemaTable(schema, options: options.table)
        var entries: [Entry] = []
        var left = Dictionary(
            warnings.map { (Site(keyword: $0.keyword, pointer: $0.pointer), $0.message) },
            uniquingKeysWith: { first, _ in first })
        for index in table.nodes.indices {
            let node = table.nodes[index]
            let (pointer, document) = (table.pointer(of: Int32(index)), table.document(of: Int32(index)))
            for (keyword, holding) in KeywordHoldings(table, node, options).all {
                let site = Site(keyword: keyword.rawValue, pointer: pointer)
                let warning = left.removeValue(forKey: site)
                entries.append(
                    Entry(
                        keyword: keyword.rawValue, pointer: pointer, document: document,
                        holder: warning == nil ? holding.holder : .validator, note: warning ?? holding.note))
            }
        }
        // A warning may speak of a whole schema.
        for warning in warnings where left[Site(keyword: warning.keyword, pointer: warning.pointer)] != nil {
            entries.append(
                Entry(
                    keyword: warning.keyword, pointer: warning.pointer, document: "", holder: .validator,
                    note: warning.message))
        }
        for ignored in table.ignored {
            entries.append(
                Entry(
                    keyword: ignored.keyword, pointer: table.pointer(of: ignored.node),
                    document: table.document(of: ignored.node), holder: .nothing, note: ignored.reason))
        }
        dialect = table.resources[Int(table.nodes[Int(table.root)].resource)].dialect
        schemaCount = table.nodes.count
        self.entries = entries
    }

    private struct Site: Hashable {
        let keyword: String
        let pointer: JSONPointer
    }
}
