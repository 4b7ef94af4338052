import JSONSchema

/// A value in a schema document that is a schema, holds schemas, or lies on the way to one.
struct SchemaPlace: Sendable {
    enum Kind: UInt8, Sendable {
        case schema
        /// An array of schemas.
        case list
        /// An object whose members are schemas, or in `dependencies` arrays of names.
        case map
        /// No schema, unless a reference leads here.
        case other
    }

    let value: JSONValue
    /// The place that holds this one; -1 at the root of a document.
    let parent: Int32
    /// The member name or element index in `parent`.
    let token: String
    var kind: Kind
    var resource: Int32
    /// The index of the node made of it; -1 if there is none.
    var node: Int32 = -1
    /// The last of the places below this one that are known; -1 if there is none.
    var lastChild: Int32 = -1
    /// The place below the same parent that was known before this one; -1 if there is none.
    var previousSibling: Int32 = -1
    var childCount: Int32 = 0
    var hasHashedChildren = false

    init(value: JSONValue, parent: Int32, token: String, kind: Kind, resource: Int32) {
        self.value = value
        self.parent = parent
        self.token = token
        self.kind = kind
        self.resource = resource
    }

    /// What finds a place among many.
    struct Key: Hashable {
        let parent: Int32
        let token: ExactString
    }
}

extension [SchemaPlace] {
    /// The JSON pointer from the root of the document to a place.
    func pointer(of place: Int32) -> JSONPointer {
        var tokens: [String] = []
        var place = Int(place)
        while indices.contains(place), self[place].parent >= 0 {
            tokens.append(self[place].token)
            place = Int(self[place].parent)
        }
        return JSONPointer(tokens: tokens.reversed())
    }
}
