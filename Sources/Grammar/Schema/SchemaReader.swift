import JSONSchema

/// Turns schema documents into nodes, from the root along keywords and references, without recursion.
struct SchemaReader {
    /// Places beyond these are refused.
    static let maximumPlaces = 2_000_000
    static let maximumDocuments = 1000
    /// Longest URI in bytes; a base URI counts again for every reference below it.
    static let maximumURILength = 4096

    struct Document {
        let uri: String
        let root: Int32
        /// Whether identifiers and anchors have been looked for.
        var isIndexed = false
    }

    /// A name given by an anchor within a resource.
    struct AnchorKey: Hashable {
        let resource: Int32
        let name: ExactString
    }

    let options: SchemaTableOptions
    var documents: [Document] = []
    var places: [SchemaPlace] = []
    var placesByKey: [SchemaPlace.Key: Int32] = [:]
    var resources: [SchemaResource] = []
    /// The resources with a URI; -1 where two of one document claim it.
    var resourcesByURI: [ExactString: Int32] = [:]
    /// The places that anchors name; -1 where two claim one name.
    var placesByAnchor: [AnchorKey: Int32] = [:]
    var dynamicAnchors: [ExactString: [(resource: Int32, place: Int32)]] = [:]
    /// The names that dynamic references ask for.
    var dynamicNames: Set<ExactString> = []
    var dialectsByURI: [ExactString: (SchemaDialect, SchemaVocabularies)] = [:]

    var nodes: [SchemaNode] = []
    /// The place of each node; those beyond `nodes.count` are still to be read.
    var nodePlaces: [Int32] = []
    var ignored: [SchemaTable.IgnoredKeyword] = []

    init(options: SchemaTableOptions) { self.options = options }

    /// Reads all that `document` reaches.
    mutating func read(_ document: JSONValue) throws(GrammarError) {
        let base = URIReference(options.baseURI).withoutFragment
        let root = try add(document: document, uri: base, dialect: options.dialect)
        guard Self.isSchema(document) else {
            throw failure("", root, "is \(document.typeDescription): a schema is an object, true or false")
        }
        _ = try node(at: root)
        while nodes.count < nodePlaces.count { nodes.append(try readNode(at: nodePlaces[nodes.count])) }
        for (name, anchors) in dynamicAnchors where dynamicNames.contains(name) {
            for (resource, place) in anchors {
                resources[Int(resource)].dynamicAnchors.append((name.text, places[Int(place)].node))
            }
        }
        for index in resources.indices { resources[index].dynamicAnchors.sort { $0.node < $1.node } }
    }

    /// The index of the node for a place that holds a schema; a new one is read later.
    mutating func node(at place: Int32) throws(GrammarError) -> Int32 {
        let known = places[Int(place)].node
        if known >= 0 { return known }
        guard nodePlaces.count < SchemaTable.maximumNodes else {
            throw failure("", place, "is one schema too many: \(SchemaTable.maximumNodes) is the limit")
        }
        let node = Int32(truncatingIfNeeded: nodePlaces.count)
        places[Int(place)].node = node
        nodePlaces.append(place)
        return node
    }

    static func isSchema(_ value: JSONValue) -> Bool {
        switch value {
        case .object, .bool: true
        default: false
        }
    }

    func dialect(at place: Int32) -> SchemaDialect { resources[Int(places[Int(place)].resource)].dialect }

    /// An error about a keyword of the schema at a place.
    func failure(_ keyword: String, _ place: Int32, _ explanation: String) -> GrammarError {
        let document = resources[Int(places[Int(place)].resource)].document
        let origin = document == 0 ? "" : "of \(documents[Int(document)].uri) "
        return GrammarError(keyword: keyword, at: places.pointer(of: place), origin + explanation)
    }
}
