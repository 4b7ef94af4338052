extension SchemaCompiler {
    /// Adds a document and compiles it; returns the resource at its root.
    mutating func add(
        document: JSONValue, uri: URIReference, dialect: SchemaDialect, isBuiltIn: Bool
    ) throws(SchemaError) -> Int {
        let location = SchemaLocation(document: documents.count, pointer: .root)
        documents.append(SchemaDocument(value: document, name: uri.description, isBuiltIn: isBuiltIn))
        let resource = resources.count
        resources.append(
            SchemaResource(uri: uri, root: location, rootNode: -1, dialect: dialect, vocabularies: .standard))
        resourcesByURI[uri.description] = resource
        let node = try compile(document, at: location, in: resource)
        resources[resource].rootNode = node
        return resource
    }

    /// Reads `$schema`, the identifier and the anchors of a schema; returns the resource it belongs to.
    mutating func identify(
        _ object: JSONObject, node: Int, at location: SchemaLocation, in parent: Int
    ) throws(SchemaError) -> Int {
        func reader(_ keyword: String) -> KeywordReader? {
            object[keyword].map {
                KeywordReader(
                    keyword: keyword, value: $0, location: location, document: documents[location.document].name)
            }
        }
        let isDocument = location.pointer == .root
        var dialect = resources[parent].dialect
        var vocabularies = resources[parent].vocabularies
        if isDocument || object.contains(key: "$id") || object.contains(key: "id"), let reader = reader("$schema") {
            (dialect, vocabularies) = try self.dialect(reader)
        }
        var resource = parent
        if isDocument {
            resources[parent].dialect = dialect
            resources[parent].vocabularies = vocabularies
            resources[parent].rootNode = node
        }
        let isOverridden = dialect.referenceOverrides && object["$ref"]?.stringValue != nil
        if !isOverridden, let reader = reader(dialect.identifierKeyword) {
            let identifier = URIReference(try reader.string())
            let fragment = identifier.fragment ?? ""
            guard fragment.isEmpty || dialect <= .draft7 else {
                throw reader.error("has a fragment: use `$anchor` to name a part of a schema")
            }
            let document = identifier.document
            if !document.description.isEmpty {
                let uri = document.resolved(against: resources[parent].uri)
                if !isDocument {
                    resource = resources.count
                    resources.append(
                        SchemaResource(
                            uri: uri, root: location, rootNode: node, dialect: dialect, vocabularies: vocabularies))
                }
                resources[resource].uri = uri
                try register(resource, as: uri, reader)
            }
            // Up to draft 7 this was how to name a part; a fragment that is a pointer names nothing new.
            if !fragment.isEmpty, fragment.utf8.first != UInt8(ascii: "/") {
                try name(fragment, node, resource, reader)
            }
        }
        if dialect >= .draft2019, let reader = reader("$anchor") {
            try name(try reader.string(), node, resource, reader)
        }
        if dialect >= .draft2020, let reader = reader("$dynamicAnchor") {
            let anchor = try reader.string()
            try name(anchor, node, resource, reader)
            resources[resource].dynamicAnchors[anchor] = node
        }
        if dialect == .draft2019, resources[resource].rootNode == node, let reader = reader("$recursiveAnchor") {
            resources[resource].isRecursiveAnchor = try reader.bool()
        }
        return resource
    }

    private mutating func register(
        _ resource: Int, as uri: URIReference, _ reader: KeywordReader
    ) throws(SchemaError) {
        guard let other = resourcesByURI[uri.description] else {
            resourcesByURI[uri.description] = resource
            return
        }
        guard resources[other].root.document != reader.location.document || other == resource else {
            throw reader.error("names the schema \(uri.description), as another schema of the document does")
        }
    }

    private mutating func name(
        _ anchor: String, _ node: Int, _ resource: Int, _ reader: KeywordReader
    ) throws(SchemaError) {
        if let other = resources[resource].anchors[anchor], other != node {
            throw reader.error("gives the name \"\(anchor)\", which another schema has")
        }
        resources[resource].anchors[anchor] = node
    }

    /// The draft that `$schema` names, or the one its metaschema is made of.
    private mutating func dialect(
        _ reader: KeywordReader
    ) throws(SchemaError) -> (SchemaDialect, Vocabularies) {
        var uri = try reader.string()
        var vocabularies: Vocabularies?
        // A metaschema may name a metaschema of its own; the first list of vocabularies counts.
        for _ in 0..<8 {
            if let dialect = SchemaDialect(uri: uri) { return (dialect, vocabularies ?? .standard) }
            let document = URIReference(uri).document.description
            let metaschema = try load(document, reader)
            if vocabularies == nil, let list = metaschema["$vocabulary"]?.objectValue {
                vocabularies = try self.vocabularies(list, reader)
            }
            guard let next = metaschema["$schema"]?.stringValue else { break }
            uri = next
        }
        throw reader.error("names a metaschema that leads to no known draft")
    }

    private func vocabularies(_ list: JSONObject, _ reader: KeywordReader) throws(SchemaError) -> Vocabularies {
        var vocabularies: Vocabularies = [.core, .annotation]
        for (uri, isRequired) in list.members {
            if let vocabulary = Vocabularies(uri: uri) {
                vocabularies.insert(vocabulary)
            } else if isRequired.boolValue == true {
                throw reader.error("asks for the vocabulary \(uri), which is unknown")
            }
        }
        return vocabularies
    }

    /// The document with this URI: a metaschema, or what the resolver gives.
    func load(_ uri: String, _ reader: KeywordReader) throws(SchemaError) -> JSONValue {
        let text: [UInt8]
        if let builtIn = Metaschemas.text(uri: uri) {
            text = Array(builtIn.utf8)
        } else {
            do {
                guard let found = try options.resolver?(uri) else {
                    throw reader.error("refers to \(uri), which is not among the local files: nothing is fetched")
                }
                text = found
            } catch let error as SchemaError {
                throw error
            } catch {
                throw reader.error("refers to \(uri), which could not be read: \(error)")
            }
        }
        do {
            return try JSONValue(parsing: text)
        } catch {
            throw reader.error("refers to \(uri), which is not JSON: \(error)")
        }
    }
}
