/// Checks JSON values against a JSON Schema (2020-12, the keywords below), exactly.
///
/// Enforced: boolean schemas, `type`, `properties`, `required`, `additionalProperties` (true or false), `items`,
/// `minItems`, `maxItems`, `minLength`, `maxLength` (in code points), `enum`, `const`, `anyOf`, `$ref` into the same
/// document. Annotations and `x-` keywords have no effect. Every other keyword is refused, never ignored.
/// Numbers are compared as exact decimals.
public struct SchemaValidator: Sendable {
    /// More violations than this are not collected.
    public static let maximumViolations = 1000

    let nodes: [SchemaNode]

    /// Compiles `schema`; throws if a keyword is unknown or malformed, or a reference leads nowhere or in a circle.
    public init(schema: JSONValue) throws(SchemaError) {
        var compiler = SchemaCompiler(document: schema)
        try compiler.compile()
        nodes = compiler.nodes
    }

    /// The ways in which `instance` breaks the schema, in the order of the schema; empty if it is valid.
    ///
    /// Time is bounded: alternatives nested so that checking takes more than four million steps are reported as a
    /// violation.
    public func validate(_ instance: JSONValue) -> [SchemaViolation] {
        var walk = SchemaWalk(nodes: nodes)
        walk.check(instance, against: 0)
        return walk.violations
    }
}

/// One validation under way.
struct SchemaWalk {
    private static let maximumSteps = 4_000_000

    let nodes: [SchemaNode]
    var violations: [SchemaViolation] = []
    private var path: [PathStep] = []
    private var steps = 0
    /// Inside an alternative of an alternative, where only the verdict counts: no violations are written down.
    private var isSilent = false
    private var isInsideAlternative = false
    /// Whether something was reported while silent.
    private var hasFailed = false

    private enum PathStep {
        case key(String)
        case index(Int)
    }

    init(nodes: [SchemaNode]) { self.nodes = nodes }

    mutating func check(_ value: JSONValue, against index: Int) {
        if isSilent, hasFailed { return }
        steps += 1
        guard steps <= Self.maximumSteps else {
            // Fails closed, also in each alternative that begins after the limit.
            if isSilent || violations.isEmpty { report("", nodes[index], "checking takes too many steps") }
            return
        }
        let node = nodes[index]
        if node.isNever { report("", node, "no value is allowed here") }
        if let types = node.types, !types.admits(value) {
            report("type", node, "\(value.typeDescription) stands where \(types.description) is required")
        }
        if let constant = node.constant, constant != value {
            report("const", node, "the value must be \(Self.excerpt(constant))")
        }
        if let allowed = node.allowedValues, !allowed.contains(value) {
            let list = allowed.prefix(8).map(Self.excerpt).joined(separator: ", ")
            report("enum", node, "the value must be one of \(list)\(allowed.count > 8 ? ", ..." : "")")
        }
        switch value {
        case .string(let string): check(string, node)
        case .array(let elements): check(elements, node)
        case .object(let object): check(object, node)
        case .null, .bool, .number: break
        }
        if let reference = node.reference { check(value, against: reference) }
        if !node.anyOf.isEmpty { checkAlternatives(value, node) }
    }

    private mutating func check(_ string: String, _ node: SchemaNode) {
        guard node.minLength > 0 || node.maxLength != nil else { return }
        let length = string.unicodeScalars.count
        if length < node.minLength {
            report("minLength", node, "the string has \(length) code points, fewer than \(node.minLength)")
        }
        if let maxLength = node.maxLength, length > maxLength {
            report("maxLength", node, "the string has \(length) code points, more than \(maxLength)")
        }
    }

    private mutating func check(_ elements: [JSONValue], _ node: SchemaNode) {
        if elements.count < node.minItems {
            report("minItems", node, "the array has \(elements.count) elements, fewer than \(node.minItems)")
        }
        if let maxItems = node.maxItems, elements.count > maxItems {
            report("maxItems", node, "the array has \(elements.count) elements, more than \(maxItems)")
        }
        guard let items = node.items else { return }
        for (position, element) in elements.enumerated() {
            path.append(.index(position))
            check(element, against: items)
            path.removeLast()
        }
    }

    private mutating func check(_ object: JSONObject, _ node: SchemaNode) {
        for name in node.required where !object.contains(key: name) {
            report("required", node, "the property \"\(name)\" is missing")
        }
        for (name, property) in node.properties {
            guard let value = object[name] else { continue }
            path.append(.key(name))
            check(value, against: property)
            path.removeLast()
        }
        guard !node.allowsAdditionalProperties else { return }
        for (name, _) in object.members where node.propertyNodes[KeyBytes(name)] == nil {
            path.append(.key(name))
            report("additionalProperties", node, "the property \"\(name)\" is not declared")
            path.removeLast()
        }
    }

    private mutating func checkAlternatives(_ value: JSONValue, _ node: SchemaNode) {
        guard !isInsideAlternative else {
            if !fitsSilently(value, node) {
                report("anyOf", node, "the value fits none of the \(node.anyOf.count) alternatives")
            }
            return
        }
        isInsideAlternative = true
        defer { isInsideAlternative = false }
        let outer = violations
        var closest: [SchemaViolation]?
        for alternative in node.anyOf {
            violations = []
            check(value, against: alternative)
            if violations.isEmpty {
                violations = outer
                return
            }
            if violations.count < closest?.count ?? .max { closest = violations }
        }
        violations = outer
        let hint = closest?.first.map { "; of the closest, \($0)" } ?? ""
        report("anyOf", node, "the value fits none of the \(node.anyOf.count) alternatives\(hint)")
    }

    private mutating func fitsSilently(_ value: JSONValue, _ node: SchemaNode) -> Bool {
        let (wasSilent, hadFailed) = (isSilent, hasFailed)
        isSilent = true
        defer { (isSilent, hasFailed) = (wasSilent, hadFailed) }
        for alternative in node.anyOf {
            hasFailed = false
            check(value, against: alternative)
            if !hasFailed { return true }
        }
        return false
    }

    private mutating func report(_ keyword: String, _ node: SchemaNode, _ message: @autoclosure () -> String) {
        if isSilent {
            hasFailed = true
            return
        }
        guard violations.count < SchemaValidator.maximumViolations else { return }
        let instance = path.map { step in
            switch step {
            case .key(let key): key
            case .index(let index): String(index)
            }
        }
        violations.append(
            SchemaViolation(
                instancePointer: JSONPointer(tokens: instance),
                schemaPointer: keyword.isEmpty ? node.pointer : node.pointer.appending(keyword), message: message()))
    }

    /// A value for a message, cut to a readable length.
    private static func excerpt(_ value: JSONValue) -> String {
        let text = String(decoding: value.serialized(), as: UTF8.self)
        return text.utf8.count <= 60 ? text : String(text.unicodeScalars.prefix(60)) + "..."
    }
}
