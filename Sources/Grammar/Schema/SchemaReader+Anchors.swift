import JSONSchema

extension SchemaReader {
    /// Finds all identifiers and anchors of a document.
    ///
    /// Most schemas refer by JSON pointer only and never need this.
    mutating func indexIfNeeded(_ document: Int32) throws(GrammarError) {
        guard !documents[Int(document)].isIndexed else { return }
        documents[Int(document)].isIndexed = true
        try index(from: documents[Int(document)].root)
    }

    /// Finds the identifiers and anchors of the schemas at and below a place.
    mutating func index(from start: Int32) throws(GrammarError) {
        var open = [start]
        while let place = open.popLast() {
            let (kind, value) = (places[Int(place)].kind, places[Int(place)].value)
            switch value {
            case .array(let elements):
                guard kind == .list else { continue }
                for (index, element) in elements.enumerated() {
                    open.append(try child(of: place, String(index), element))
                }
            case .object(let object):
                guard kind == .schema || kind == .map else { continue }
                if kind == .schema { try registerAnchors(of: object, place) }
                for (key, value) in object.members where value.isContainer {
                    let child = try child(of: place, key, value)
                    if places[Int(child)].kind != .other { open.append(child) }
                }
            default: break
            }
        }
    }

    private mutating func registerAnchors(of object: JSONObject, _ place: Int32) throws(GrammarError) {
        let resource = places[Int(place)].resource
        let dialect = resources[Int(resource)].dialect
        if dialect <= .draft7 {
            // Here a fragment of the identifier is what `$anchor` is later.
            let identifier = object[dialect == .draft4 ? "id" : "$id"]?.stringValue
            guard let identifier, object["$ref"] == nil, let name = URIReference(identifier).fragment, !name.isEmpty
            else { return }
            register(anchor: name, place)
            return
        }
        if let name = object["$anchor"]?.stringValue { register(anchor: name, place) }
        if dialect == .draft2020, let name = object["$dynamicAnchor"]?.stringValue {
            register(anchor: name, place)
            try registerDynamic(name, place)
        }
        if dialect == .draft2019, resources[Int(resource)].root == place, object["$recursiveAnchor"]?.boolValue == true
        {
            try registerDynamic(SchemaResource.recursiveAnchor, place)
        }
    }

    private mutating func register(anchor: String, _ place: Int32) {
        let key = AnchorKey(resource: places[Int(place)].resource, name: ExactString(anchor))
        let known = placesByAnchor[key] ?? place
        placesByAnchor[key] = known == place ? place : -1
    }

    private mutating func registerDynamic(_ name: String, _ place: Int32) throws(GrammarError) {
        let name = ExactString(name)
        dynamicAnchors[name, default: []].append((places[Int(place)].resource, place))
        if dynamicNames.contains(name) { _ = try node(at: place) }
    }

    /// Makes nodes of all schemas that a dynamic reference by this name may lead to.
    mutating func useDynamicAnchor(_ name: String) throws(GrammarError) {
        let name = ExactString(name)
        guard dynamicNames.insert(name).inserted else { return }
        for (_, place) in dynamicAnchors[name] ?? [] { _ = try node(at: place) }
    }
}

extension JSONValue {
    /// Whether it may hold other values.
    var isContainer: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}
