import JSONSchema

/// One schema with its keywords in the shape of draft 2020-12, whatever its draft; -1 stands for no schema.
struct SchemaNode: Sendable {
    /// Where it stands, for `SchemaTable.pointer(of:)`.
    let place: Int32
    /// The index of its `SchemaResource`.
    let resource: Int32
    /// Whether this is the schema `false`.
    var isFalse = false

    var types: TypeSet = .all
    var enumeration: [JSONValue]?
    var constant: JSONValue?

    var minimum: JSONNumber?
    var maximum: JSONNumber?
    var exclusiveMinimum: JSONNumber?
    var exclusiveMaximum: JSONNumber?
    /// Greater than zero.
    var multipleOf: JSONNumber?

    /// Lengths are in code points; what exceeds an `Int` is `Int.max`, here and in all counts.
    var minLength: Int?
    var maxLength: Int?
    var pattern: String?
    var format: String?

    var prefixItems: [Int32] = []
    /// For the elements after `prefixItems`.
    var items: Int32 = -1
    var contains: Int32 = -1
    /// Whether an element that `contains` matches is evaluated for `unevaluatedItems` (draft 2020-12).
    var containsEvaluates = false
    /// Set only beside `contains`.
    var minContains: Int?
    var maxContains: Int?
    var minItems: Int?
    var maxItems: Int?
    var uniqueItems = false
    var unevaluatedItems: Int32 = -1

    /// In the order of declaration.
    var properties: [(name: String, node: Int32)] = []
    var patternProperties: [(pattern: String, node: Int32)] = []
    var additionalProperties: Int32 = -1
    var propertyNames: Int32 = -1
    /// Without duplicates.
    var required: [String] = []
    var minProperties: Int?
    var maxProperties: Int?
    var dependentRequired: [(name: String, requires: [String])] = []
    var dependentSchemas: [(name: String, node: Int32)] = []
    var unevaluatedProperties: Int32 = -1
    var order: PropertyOrder?

    var allOf: [Int32] = []
    var anyOf: [Int32] = []
    var oneOf: [Int32] = []
    var not: Int32 = -1
    var ifSchema: Int32 = -1
    /// Set only beside `ifSchema`.
    var thenSchema: Int32 = -1
    var elseSchema: Int32 = -1

    var reference: Int32 = -1
    /// What a dynamic reference leads to before the dynamic scope is looked at.
    ///
    /// With an anchor, the outermost resource of the dynamic scope that has a dynamic anchor of that name replaces
    /// `node`; without one this is an ordinary reference.
    var dynamicReference: (node: Int32, anchor: String?)?

    init(place: Int32, resource: Int32) {
        self.place = place
        self.resource = resource
    }
}
