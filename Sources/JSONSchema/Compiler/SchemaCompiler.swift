/// Turns a schema document, and those it refers to, into nodes.
struct SchemaCompiler {
    private static let maximumDepth = 256
    private static let maximumNodes = 1_000_000
    static let maximumDocuments = 1000

    let options: SchemaOptions
    var documents: [SchemaDocument] = []
    private(set) var nodes: [SchemaNode] = []
    var resources: [SchemaResource] = []
    var resourcesByURI: [String: Int] = [:]
    private(set) var nodesByLocation: [SchemaLocation: Int] = [:]
    private var pendingReferences: [PendingReference] = []
    private(set) var unenforced: [UnenforcedKeyword] = []

    init(options: SchemaOptions) { self.options = options }

    /// Compiles the schema and all that is reached from it; returns the index of its node.
    mutating func compile(document: JSONValue) throws(SchemaError) -> Int {
        let uri = URIReference(options.baseURI).document
        let resource = try add(document: document, uri: uri, dialect: options.dialect, isBuiltIn: false)
        while let reference = pendingReferences.popLast() {
            nodes[reference.node].rules[reference.rule].assertion = try resolve(reference)
        }
        return resources[resource].rootNode
    }

    /// Compiles one schema; `resource` is the one of the schema around it.
    mutating func compile(
        _ schema: JSONValue, at location: SchemaLocation, in resource: Int
    ) throws(SchemaError) -> Int {
        if let index = nodesByLocation[location] { return index }
        let document = documents[location.document].name
        guard location.pointer.tokens.count <= 2 * Self.maximumDepth, nodes.count < Self.maximumNodes else {
            throw SchemaError(at: location.pointer, in: document, "is nested too deeply or has too many parts")
        }
        let index = nodes.count
        nodesByLocation[location] = index
        nodes.append(SchemaNode(location: location, document: document, resource: resource))
        switch schema {
        case .bool(true): break
        case .bool(false): nodes[index].rules = [SchemaRule(keyword: "", assertion: .never)]
        case .object(let object):
            nodes[index].resource = try identify(object, node: index, at: location, in: resource)
            try compileKeywords(of: object, node: index)
        default:
            throw SchemaError(
                at: location.pointer, in: document,
                "is \(schema.typeDescription): a schema is an object, true or false")
        }
        return index
    }

    private mutating func compileKeywords(of object: JSONObject, node index: Int) throws(SchemaError) {
        let dialect = resources[nodes[index].resource].dialect
        let isOverridden = dialect.referenceOverrides && object["$ref"]?.stringValue != nil
        // What asks for the results of the others comes last.
        for isLast in [false, true] {
            for (keyword, value) in object.members where keyword.hasPrefix("unevaluated") == isLast {
                if isOverridden, keyword != "$ref", keyword != "definitions" { continue }
                let context = KeywordContext(
                    reader: KeywordReader(
                        keyword: keyword, value: value, location: nodes[index].location,
                        document: nodes[index].document),
                    object: object, node: index, dialect: dialect)
                try compile(context)
            }
        }
    }

    /// Compiles one keyword unless the draft or the metaschema leaves it without effect.
    private mutating func compile(_ context: KeywordContext) throws(SchemaError) {
        let vocabularies = resources[nodes[context.node].resource].vocabularies
        let reader = context.reader
        guard let vocabulary = KeywordTable.vocabulary(of: reader.keyword, in: context.dialect) else {
            if reader.keyword.hasPrefix("x-") { return }
            guard !options.refusesUnknownKeywords else {
                throw reader.error("is not a JSON Schema keyword: check its spelling, or begin its name with `x-`")
            }
            note(reader, "is not a keyword of the schema's draft")
            return
        }
        guard vocabularies.isSuperset(of: vocabulary) else {
            note(reader, "belongs to a vocabulary that the metaschema leaves out")
            return
        }
        try compileCore(context)
    }

    /// Remembers a keyword that will not be enforced.
    mutating func note(_ reader: KeywordReader, _ reason: String) {
        guard !documents[reader.location.document].isBuiltIn else { return }
        unenforced.append(
            UnenforcedKeyword(
                keyword: reader.keyword, pointer: reader.location.pointer, document: reader.document, reason: reason))
    }

    mutating func add(_ assertion: SchemaAssertion, _ context: KeywordContext) {
        nodes[context.node].rules.append(SchemaRule(keyword: context.reader.keyword, assertion: assertion))
    }

    /// Adds a rule whose target is looked up when all schemas of the document are known.
    mutating func addReference(_ text: String, _ context: KeywordContext, isDynamic: Bool = false) {
        pendingReferences.append(
            PendingReference(
                node: context.node, rule: nodes[context.node].rules.count, reader: context.reader, text: text,
                isDynamic: isDynamic))
        add(.never, context)
    }

    mutating func markAskingWhatWasEvaluated(_ context: KeywordContext) {
        nodes[context.node].asksWhatWasEvaluated = true
    }

    /// The schema under the keyword, or under `tokens` below it.
    mutating func schema(
        _ value: JSONValue, _ context: KeywordContext, _ tokens: String...
    ) throws(SchemaError) -> Int {
        var location = context.reader.location.appending(context.reader.keyword)
        for token in tokens { location = location.appending(token) }
        return try compile(value, at: location, in: nodes[context.node].resource)
    }

    /// The schemas in an array under the keyword.
    mutating func schemas(_ context: KeywordContext) throws(SchemaError) -> [Int] {
        var indices: [Int] = []
        for (position, value) in try context.reader.nonEmptyArray().enumerated() {
            indices.append(try schema(value, context, String(position)))
        }
        return indices
    }

    /// The schemas in an object under the keyword, with their names.
    mutating func namedSchemas(_ context: KeywordContext) throws(SchemaError) -> [(name: String, node: Int)] {
        var named: [(name: String, node: Int)] = []
        for (name, value) in try context.reader.object().members {
            named.append((name, try schema(value, context, name)))
        }
        return named
    }
}

/// A document that schemas are in.
struct SchemaDocument {
    let value: JSONValue
    /// Its URI for messages; empty for the one given, unless it has one.
    var name: String
    /// Whether it is one of the metaschemas that come with the module.
    let isBuiltIn: Bool
}

/// A keyword in its schema.
struct KeywordContext {
    let reader: KeywordReader
    /// The schema that holds it.
    let object: JSONObject
    let node: Int
    let dialect: SchemaDialect

    /// The reader of a keyword beside this one; nil if there is none.
    func sibling(_ keyword: String) -> KeywordReader? {
        object[keyword].map {
            KeywordReader(keyword: keyword, value: $0, location: reader.location, document: reader.document)
        }
    }
}

/// A reference whose target is not known yet.
struct PendingReference {
    let node: Int
    let rule: Int
    let reader: KeywordReader
    let text: String
    let isDynamic: Bool
}
