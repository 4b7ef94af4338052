import JSONSchema

extension SchemaReader {
    /// Adds a document; returns the place of its root.
    mutating func add(document: JSONValue, uri: String, dialect: SchemaDialect) throws(GrammarError) -> Int32 {
        let root = Int32(truncatingIfNeeded: places.count)
        let resource = Int32(truncatingIfNeeded: resources.count)
        resources.append(
            SchemaResource(
                baseURI: uri, root: root, document: Int32(truncatingIfNeeded: documents.count), dialect: dialect))
        documents.append(Document(uri: uri, root: root))
        places.append(SchemaPlace(value: document, parent: -1, token: "", kind: .schema, resource: resource))
        resourcesByURI[ExactString(uri)] = resource
        try identify(root)
        return root
    }

    /// Reads `$schema` and the identifier of a schema, which make it a resource of its own.
    mutating func identify(_ place: Int32) throws(GrammarError) {
        guard case .object(let object) = places[Int(place)].value else { return }
        var metaschema: String?
        var identifier: String?
        var plainIdentifier: String?
        var hasReference = false
        for (key, value) in object.members {
            // Most keywords are told apart by their first byte.
            guard let first = key.utf8.first, first == UInt8(ascii: "$") || first == UInt8(ascii: "i") else { continue }
            switch key {
            case "$schema": metaschema = value.stringValue
            case "$id": identifier = value.stringValue
            case "id": plainIdentifier = value.stringValue
            case "$ref": hasReference = true
            default: break
            }
        }
        let isRoot = places[Int(place)].parent < 0
        guard isRoot || identifier != nil || plainIdentifier != nil else { return }
        let outer = places[Int(place)].resource
        var (dialect, vocabularies) = (resources[Int(outer)].dialect, resources[Int(outer)].vocabularies)
        if let metaschema { (dialect, vocabularies) = try self.dialect(of: metaschema, place) }
        if isRoot {
            resources[Int(outer)].dialect = dialect
            resources[Int(outer)].vocabularies = vocabularies
        }
        // Up to draft 7 a reference hides the identifier beside it, which harms nothing at the root.
        guard isRoot || dialect >= .draft2019 || !hasReference,
            let identifier = dialect == .draft4 ? plainIdentifier : identifier
        else { return }
        let keyword = dialect == .draft4 ? "id" : "$id"
        let reference = URIReference(identifier).withoutFragment
        guard !reference.isEmpty else { return }
        let uri = URIReference(reference).resolved(against: URIReference(resources[Int(outer)].baseURI))
        guard uri.utf8.count <= Self.maximumURILength else {
            throw failure(keyword, place, "makes a URI of more than \(Self.maximumURILength) bytes")
        }
        if isRoot {
            resources[Int(outer)].baseURI = uri
            register(outer, as: uri)
            return
        }
        let resource = Int32(truncatingIfNeeded: resources.count)
        resources.append(
            SchemaResource(
                baseURI: uri, root: place, document: resources[Int(outer)].document, dialect: dialect,
                vocabularies: vocabularies))
        places[Int(place)].resource = resource
        register(resource, as: uri)
    }

    private mutating func register(_ resource: Int32, as uri: String) {
        let key = ExactString(uri)
        if let other = resourcesByURI[key], other != resource {
            let isSameDocument = other < 0 || resources[Int(other)].document == resources[Int(resource)].document
            if isSameDocument { resourcesByURI[key] = -1 }
        } else {
            resourcesByURI[key] = resource
        }
    }

    /// The draft that a `$schema` names, or the one that its metaschema is made of.
    private mutating func dialect(
        of metaschema: String, _ place: Int32
    ) throws(GrammarError) -> (SchemaDialect, SchemaVocabularies) {
        if let dialect = SchemaDialect(uri: metaschema) { return (dialect, .standard) }
        let name = ExactString(metaschema)
        if let known = dialectsByURI[name] { return known }
        var uri = metaschema
        var vocabularies: SchemaVocabularies?
        // A metaschema may name a metaschema of its own; the first list of vocabularies counts.
        for _ in 0..<8 {
            if let dialect = SchemaDialect(uri: uri) {
                let found = (dialect, vocabularies ?? .standard)
                dialectsByURI[name] = found
                return found
            }
            let document = try load(URIReference(uri).withoutFragment, keyword: "$schema", place)
            if vocabularies == nil, let list = document["$vocabulary"]?.objectValue {
                vocabularies = try self.vocabularies(list, place)
            }
            guard let next = document["$schema"]?.stringValue else { break }
            uri = next
        }
        throw failure("$schema", place, "names a metaschema that leads to no known draft")
    }

    private func vocabularies(_ list: JSONObject, _ place: Int32) throws(GrammarError) -> SchemaVocabularies {
        var vocabularies: SchemaVocabularies = [.core, .annotation]
        for (uri, isRequired) in list.members {
            if let vocabulary = SchemaVocabularies(uri: uri) {
                vocabularies.formUnion(vocabulary)
            } else if isRequired.boolValue == true {
                throw failure("$schema", place, "asks for the vocabulary \(uri), which is unknown")
            }
        }
        return vocabularies
    }

    /// The document with this URI: a metaschema, or what the resolver finds.
    func load(_ uri: String, keyword: String, _ place: Int32) throws(GrammarError) -> JSONValue {
        if let metaschema = SchemaDialect.metaschema(uri: SchemaDialect(uri: uri)?.uri ?? uri) { return metaschema }
        let document: JSONValue?
        do {
            document = try options.resolver?(uri)
        } catch {
            throw failure(keyword, place, "leads to \(uri), which could not be read: \(error)")
        }
        guard let document else {
            throw failure(keyword, place, "leads to \(uri), which is not among the local files: nothing is fetched")
        }
        return document
    }
}
