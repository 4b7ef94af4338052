extension SchemaCompiler {
    /// The rule that a reference comes down to, after loading and compiling what it leads to.
    mutating func resolve(_ reference: PendingReference) throws(SchemaError) -> SchemaAssertion {
        let reader = reference.reader
        let base = resources[nodes[reference.node].resource]
        let target = URIReference(reference.text).resolved(against: base.uri)
        let resource = try self.resource(target.document, reader, base.dialect)
        guard let fragment = target.decodedFragment else {
            throw reader.error("is \"\(reference.text)\", whose fragment is not percent-encoded properly")
        }
        guard !fragment.isEmpty, fragment.utf8.first != UInt8(ascii: "/") else {
            let node = try self.node(fragment, of: resource, reference)
            let isRecursive = reference.isDynamic && resources[resource].isRecursiveAnchor && fragment.isEmpty
            return isRecursive ? .recursiveReference(initial: node) : .reference(node)
        }
        guard let node = resources[resource].anchors[fragment] else {
            throw reader.error("points to \"\(fragment)\", a name that no schema there has")
        }
        guard reference.isDynamic, resources[resource].dynamicAnchors[fragment] == node else {
            return .reference(node)
        }
        return .dynamicReference(anchor: fragment, initial: node)
    }

    private mutating func resource(
        _ uri: URIReference, _ reader: KeywordReader, _ dialect: SchemaDialect
    ) throws(SchemaError) -> Int {
        let name = uri.description
        if let resource = resourcesByURI[name] { return resource }
        let document = try load(name, reader)
        guard documents.count < Self.maximumDocuments else {
            throw reader.error("refers to \(name), one document too many: \(Self.maximumDocuments) is the limit")
        }
        return try add(document: document, uri: uri, dialect: dialect, isBuiltIn: Metaschemas.text(uri: name) != nil)
    }

    /// The schema at a JSON pointer from the root of a resource.
    private mutating func node(
        _ fragment: String, of resource: Int, _ reference: PendingReference
    ) throws(SchemaError) -> Int {
        let root = resources[resource].root
        guard let pointer = JSONPointer(fragment) else {
            throw reference.reader.error("is \"\(reference.text)\", whose fragment is not a JSON pointer")
        }
        let location = SchemaLocation(
            document: root.document, pointer: JSONPointer(tokens: root.pointer.tokens + pointer.tokens))
        if let node = nodesByLocation[location] { return node }
        guard let schema = documents[root.document].value[location.pointer] else {
            throw reference.reader.error("points to \(pointer), where the schema has nothing")
        }
        // A place that no keyword makes a schema: it belongs to the resource of the nearest schema around it.
        var tokens = location.pointer.tokens
        while tokens.popLast() != nil {
            let parent = SchemaLocation(document: root.document, pointer: JSONPointer(tokens: tokens))
            if let node = nodesByLocation[parent] {
                return try compile(schema, at: location, in: nodes[node].resource)
            }
        }
        return try compile(schema, at: location, in: resource)
    }
}
