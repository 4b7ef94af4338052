import JSONSchema

extension SchemaReader {
    /// The place that a reference in the schema at `place` leads to.
    ///
    /// `isAnchor` says whether a plain name led there rather than a JSON pointer.
    mutating func target(
        of text: String, keyword: String, _ place: Int32
    ) throws(GrammarError) -> (place: Int32, anchor: String?) {
        let reference = URIReference(text)
        var resource = places[Int(place)].resource
        if !reference.isFragment {
            let base = URIReference(resources[Int(resource)].baseURI)
            resource = try self.resource(reference.resolved(against: base), keyword: keyword, place)
        }
        let root = resources[Int(resource)].root
        guard let fragment = reference.decodedFragment else {
            throw failure(keyword, place, "is \"\(text)\", which is not percent-encoded properly")
        }
        if fragment.isEmpty { return (root, nil) }
        if fragment.utf8.first == UInt8(ascii: "/") {
            guard let target = try self.place(at: fragment, from: root) else {
                throw failure(keyword, place, "is \"\(text)\", but nothing is there")
            }
            guard Self.isSchema(places[Int(target)].value) else {
                throw failure(
                    keyword, place,
                    "is \"\(text)\", which leads to \(places[Int(target)].value.typeDescription), not to a schema")
            }
            if places[Int(target)].kind != .schema { try reveal(target, as: .schema) }
            return (target, nil)
        }
        try indexIfNeeded(resources[Int(resource)].document)
        guard let target = placesByAnchor[AnchorKey(resource: resource, name: ExactString(fragment))] else {
            throw failure(keyword, place, "is \"\(text)\", but no schema there has the anchor \"\(fragment)\"")
        }
        guard target >= 0 else {
            throw failure(keyword, place, "is \"\(text)\", an anchor that two schemas have")
        }
        return (target, fragment)
    }

    /// The resource with a URI, from a document that is loaded if need be.
    private mutating func resource(
        _ uri: String, keyword: String, _ place: Int32
    ) throws(GrammarError) -> Int32 {
        // The document given may have parts with a URI that nothing has met yet; all others are indexed when loaded.
        try indexIfNeeded(0)
        if let known = resourcesByURI[ExactString(uri)] {
            guard known >= 0 else { throw failure(keyword, place, "leads to \(uri), which two schemas claim to be") }
            return known
        }
        guard uri.utf8.count <= Self.maximumURILength else {
            throw failure(keyword, place, "makes a URI of more than \(Self.maximumURILength) bytes")
        }
        guard documents.count < Self.maximumDocuments else {
            throw failure(
                keyword, place, "leads to \(uri), one document too many: \(Self.maximumDocuments) is the limit")
        }
        let document = try load(uri, keyword: keyword, place)
        guard Self.isSchema(document) else {
            throw failure(keyword, place, "leads to \(uri), which is \(document.typeDescription), not a schema")
        }
        let root = try add(document: document, uri: uri, dialect: dialect(at: place))
        try indexIfNeeded(Int32(truncatingIfNeeded: documents.count - 1))
        return places[Int(root)].resource
    }

    /// Reads `$dynamicRef`, or `$recursiveRef`, its forerunner in draft 2019-09.
    mutating func dynamicTarget(
        of text: String, keyword: SchemaKeyword, _ place: Int32
    ) throws(GrammarError) -> (node: Int32, anchor: String?) {
        let (target, name) = try self.target(of: text, keyword: keyword.rawValue, place)
        // Outer resources may have the anchor, too.
        try indexIfNeeded(0)
        let anchor = keyword == .recursiveReference ? SchemaResource.recursiveAnchor : name
        let isDynamic = anchor.flatMap { dynamicAnchors[ExactString($0)] }?.contains { $0.place == target } == true
        if let anchor, isDynamic { try useDynamicAnchor(anchor) }
        return (try node(at: target), isDynamic ? anchor : nil)
    }
}
