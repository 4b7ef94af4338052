import JSONSchema

extension SchemaReader {
    /// With more members or elements than these, a place has them hashed before one is looked for.
    private static let linearSearchLimit = 8

    /// The place of a member or element of another place.
    mutating func child(of parent: Int32, _ token: String, _ value: JSONValue) throws(GrammarError) -> Int32 {
        let kind = kind(of: token, value, in: parent)
        guard let known = find(token, in: parent) else { return try addChild(of: parent, token, value, kind) }
        if kind != .other, places[Int(known)].kind == .other { try reveal(known, as: kind) }
        return known
    }

    /// Adds the place of a member or element that has none yet; identifies it if it is a schema.
    mutating func addChild(
        of parent: Int32, _ token: String, _ value: JSONValue, _ kind: SchemaPlace.Kind
    ) throws(GrammarError) -> Int32 {
        guard places.count < Self.maximumPlaces else {
            throw failure(token, parent, "is one part too many of a schema: \(Self.maximumPlaces) is the limit")
        }
        let place = Int32(truncatingIfNeeded: places.count)
        let resource = places[Int(parent)].resource
        places.append(SchemaPlace(value: value, parent: parent, token: token, kind: kind, resource: resource))
        places[Int(place)].previousSibling = places[Int(parent)].lastChild
        places[Int(parent)].lastChild = place
        places[Int(parent)].childCount += 1
        if places[Int(parent)].hasHashedChildren {
            placesByKey[SchemaPlace.Key(parent: parent, token: ExactString(token))] = place
        }
        if kind == .schema { try identify(place) }
        return place
    }

    /// The place of a member or element; nil if it has none yet.
    private mutating func find(_ token: String, in parent: Int32) -> Int32? {
        if places[Int(parent)].childCount > Self.linearSearchLimit {
            if !places[Int(parent)].hasHashedChildren { hashChildren(of: parent) }
            return placesByKey[SchemaPlace.Key(parent: parent, token: ExactString(token))]
        }
        let name = ExactString(token)
        var child = places[Int(parent)].lastChild
        while child >= 0, ExactString(places[Int(child)].token) != name { child = places[Int(child)].previousSibling }
        return child >= 0 ? child : nil
    }

    private mutating func hashChildren(of parent: Int32) {
        places[Int(parent)].hasHashedChildren = true
        var child = places[Int(parent)].lastChild
        while child >= 0 {
            placesByKey[SchemaPlace.Key(parent: parent, token: ExactString(places[Int(child)].token))] = child
            child = places[Int(child)].previousSibling
        }
    }

    private func kind(of token: String, _ value: JSONValue, in parent: Int32) -> SchemaPlace.Kind {
        switch places[Int(parent)].kind {
        case .list: .schema
        // Only in `dependencies` an array may stand for a schema.
        case .map: value.isArray ? .other : .schema
        case .other: .other
        case .schema: SchemaKeyword.named(token, in: dialect(at: parent))?.kind(of: value) ?? .other
        }
    }

    /// Takes a place for more than it was thought to be.
    mutating func reveal(_ place: Int32, as kind: SchemaPlace.Kind) throws(GrammarError) {
        places[Int(place)].kind = kind
        guard kind == .schema else { return }
        try identify(place)
        if documents[Int(resources[Int(places[Int(place)].resource)].document)].isIndexed { try index(from: place) }
    }

    /// The place that a JSON pointer (RFC 6901) leads to from another place; nil if there is no value.
    mutating func place(at pointer: String, from start: Int32) throws(GrammarError) -> Int32? {
        var place = start
        for bytes in pointer.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            guard let token = Self.unescaped(Substring(bytes)),
                let value = places[Int(place)].value.member(token)
            else { return nil }
            place = try child(of: place, token, value)
        }
        return place
    }

    /// A token of a JSON pointer with `~0` and `~1` replaced; nil if another `~` is there.
    private static func unescaped(_ token: Substring) -> String? {
        guard token.utf8.contains(UInt8(ascii: "~")) else { return String(token) }
        return JSONPointer("/" + token)?.tokens.first
    }
}

extension JSONValue {
    /// The value that a token of a JSON pointer leads to.
    fileprivate func member(_ token: String) -> JSONValue? {
        if case .object(let object) = self { object[token] } else { self[JSONPointer(tokens: [token])] }
    }

    var isArray: Bool {
        if case .array = self { true } else { false }
    }
}
