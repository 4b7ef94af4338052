/// The schema resources a path of references has entered, as far as `$dynamicRef` can tell (draft 2020-12, section 8.2.3.2).
///
/// Scopes with the same dynamic anchors are one: so a document has few, and the values of its grammar stay few.
struct DynamicScopes {
    private struct Key: Hashable {
        let scope: Int32
        let resource: Int32
    }

    private let resources: [SchemaResource]
    private let isTrivial: Bool
    private var anchors: [[String: Int32]] = [[:]]
    private var indices: [[String: Int32]: Int32] = [[:]: 0]
    private var entered: [Key: Int32] = [:]

    init(resources: [SchemaResource]) {
        self.resources = resources
        isTrivial = resources.allSatisfy(\.dynamicAnchors.isEmpty)
    }

    /// The scope inside `resource` when it is entered from `scope`: anchors that are already known stay as they are.
    mutating func entering(_ resource: Int32, from scope: Int32) -> Int32 {
        if isTrivial { return 0 }
        let key = Key(scope: scope, resource: resource)
        if let known = entered[key] { return known }
        var inner = anchors[Int(scope)]
        for (name, node) in resources[Int(resource)].dynamicAnchors where inner[name] == nil { inner[name] = node }
        let index = indices[inner] ?? Int32(anchors.count)
        if index == anchors.count {
            anchors.append(inner)
            indices[inner] = index
        }
        entered[key] = index
        return index
    }

    /// The outermost subschema with a dynamic anchor.
    func target(_ anchor: String, in scope: Int32) -> Int32? { anchors[Int(scope)][anchor] }
}
