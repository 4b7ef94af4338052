import JSONSchema

/// The keywords that one schema has, and who holds each.
struct KeywordHoldings {
    typealias Holding = (holder: GrammarReport.Holder, note: String)

    private(set) var all: [(keyword: SchemaKeyword, holding: Holding)] = []
    private let table: SchemaTable
    private let options: GrammarOptions
    private let dialect: SchemaDialect

    init(_ table: SchemaTable, _ node: SchemaNode, _ options: GrammarOptions) {
        self.table = table
        self.options = options
        dialect = table.resources[Int(node.resource)].dialect
        addCombinations(node)
        addScalars(node)
        addArrays(node)
        addObjects(node)
    }

    private mutating func add(
        _ keyword: SchemaKeyword, if isThere: Bool, _ holder: GrammarReport.Holder = .masks, _ note: String = ""
    ) {
        if isThere { all.append((keyword, (holder, note))) }
    }

    private mutating func addCombinations(_ node: SchemaNode) {
        add(.reference, if: node.reference >= 0)
        let isRecursive = dialect == .draft2019
        add(isRecursive ? .recursiveReference : .dynamicReference, if: node.dynamicReference != nil)
        add(.allOf, if: !node.allOf.isEmpty)
        add(.anyOf, if: !node.anyOf.isEmpty)
        add(.oneOf, if: !node.oneOf.isEmpty)
        add(.not, if: node.not >= 0)
        let hasConsequence = node.thenSchema >= 0 || node.elseSchema >= 0
        add(.ifSchema, if: node.ifSchema >= 0 && hasConsequence)
        add(
            .ifSchema, if: node.ifSchema >= 0 && !hasConsequence, .nothing,
            "has no effect without `then` and `else` but on `unevaluated…` keywords")
        add(.thenSchema, if: node.thenSchema >= 0)
        add(.elseSchema, if: node.elseSchema >= 0)
    }

    private mutating func addScalars(_ node: SchemaNode) {
        add(.type, if: node.types != .all)
        add(.enumeration, if: node.enumeration != nil)
        add(.constant, if: node.constant != nil)
        // In draft 4 an exclusive bound is written as `minimum` and a flag.
        add(dialect == .draft4 ? .minimum : .exclusiveMinimum, if: node.exclusiveMinimum != nil)
        add(dialect == .draft4 ? .maximum : .exclusiveMaximum, if: node.exclusiveMaximum != nil)
        add(.minimum, if: node.minimum != nil)
        add(.maximum, if: node.maximum != nil)
        add(.multipleOf, if: node.multipleOf != nil)
        add(.minLength, if: node.minLength != nil)
        add(.maxLength, if: node.maxLength != nil)
        add(.pattern, if: node.pattern != nil)
        if let name = node.format { addFormat(name) }
    }

    private mutating func addFormat(_ name: String) {
        if !options.assertsFormats {
            add(.format, if: true, .nothing, "`\(name)` is an annotation here")
        } else if let format = StringFormat(rawValue: name) {
            add(.format, if: true, .masks, format.isExact ? "" : "`\(name)` leaves out rare valid strings")
        } else {
            add(.format, if: true, .nothing, "`\(name)` is an unknown format")
        }
    }

    private mutating func addArrays(_ node: SchemaNode) {
        let listKeyword = dialect <= .draft2019 ? SchemaKeyword.items : .prefixItems
        let isAdditional = dialect <= .draft2019 && !node.prefixItems.isEmpty
        add(listKeyword, if: !node.prefixItems.isEmpty)
        add(isAdditional ? .additionalItems : .items, if: node.items >= 0)
        add(.minItems, if: node.minItems != nil)
        add(.maxItems, if: node.maxItems != nil)
        add(.unevaluatedItems, if: node.unevaluatedItems >= 0)
        add(.uniqueItems, if: node.uniqueItems, .state)
        add(.contains, if: node.contains >= 0, .state)
        add(.minContains, if: node.minContains != nil, .state)
        add(.maxContains, if: node.maxContains != nil, .state)
    }

    private mutating func addObjects(_ node: SchemaNode) {
        let order = node.order ?? options.propertyOrder
        let ordered = order == .any ? GrammarReport.Holder.state : .masks
        add(.order, if: node.order != nil, ordered, "is \"\(order.rawValue)\"")
        add(.properties, if: !node.properties.isEmpty, ordered)
        add(.required, if: !node.required.isEmpty, ordered)
        add(.patternProperties, if: !node.patternProperties.isEmpty, .state)
        addOpen(.additionalProperties, node.additionalProperties)
        addOpen(.unevaluatedProperties, node.unevaluatedProperties)
        add(.propertyNames, if: node.propertyNames >= 0)
        add(.minProperties, if: node.minProperties != nil, .state)
        add(.maxProperties, if: node.maxProperties != nil, .state)
        let isSplit = dialect >= .draft2019
        add(isSplit ? .dependentRequired : .dependencies, if: !node.dependentRequired.isEmpty, .state)
        if isSplit || node.dependentRequired.isEmpty {
            add(isSplit ? .dependentSchemas : .dependencies, if: !node.dependentSchemas.isEmpty)
        }
    }

    /// Names that no `properties` declare must be remembered, so that none comes twice.
    private mutating func addOpen(_ keyword: SchemaKeyword, _ child: Int32) {
        guard child >= 0 else { return }
        add(keyword, if: true, table.nodes[Int(child)].isFalse ? .masks : .state)
    }
}
