/// One validation under way.
struct SchemaWalk {
    /// Deepest nesting of schemas within schemas, which bounds the stack.
    private static let maximumDepth = 3000

    let program: SchemaProgram
    private let instance: JSONValue
    private var violations: [SchemaViolation] = []
    /// Why the walk ended before its time; whatever was found after that counts for nothing.
    private var surrender: SchemaViolation?
    /// Counts down.
    var steps: Int
    /// Where the walk is in the instance: positions of members and elements.
    private var path: [Int] = []
    /// The schemas being checked, from the root on.
    private var frames: [Frame] = []
    /// The first frame that is about the current value.
    private var firstFrameOfValue = 0
    /// The resources entered, outermost first: the dynamic scope.
    private(set) var scope: [Int] = []
    /// Whether only the verdict counts: nothing is written down, and the first failure is enough.
    var isSilent = false
    /// Whether violations are those of an alternative, so that alternatives inside it are not explained.
    var isInsideAlternative = false

    private struct Frame {
        let node: Int
        let reference: ReferenceKeyword?
    }

    enum ReferenceKeyword: String {
        case plain = "$ref"
        case dynamic = "$dynamicRef"
        case recursive = "$recursiveRef"
    }

    init(program: SchemaProgram, instance: JSONValue, maximumSteps: Int) {
        self.program = program
        self.instance = instance
        steps = maximumSteps
    }

    mutating func violationsFound() -> [SchemaViolation] {
        var evaluated: Evaluated?
        _ = check(instance, program.root, &evaluated)
        return violations + (surrender.map { [$0] } ?? [])
    }

    mutating func verdict() -> Bool {
        isSilent = true
        var evaluated: Evaluated?
        return check(instance, program.root, &evaluated) && surrender == nil
    }

    /// Checks a value against a schema; what it evaluates is added to `evaluated` unless that is nil.
    mutating func check(
        _ value: JSONValue, _ index: Int, _ evaluated: inout Evaluated?, through reference: ReferenceKeyword? = nil
    ) -> Bool {
        frames.append(Frame(node: index, reference: reference))
        defer { frames.removeLast() }
        guard mayEnter(index) else { return false }
        let resource = program.nodes[index].resource
        let isNewResource = scope.last != resource
        if isNewResource { scope.append(resource) }
        defer { if isNewResource { scope.removeLast() } }
        guard program.nodes[index].asksWhatWasEvaluated else { return applyRules(value, index, &evaluated) }
        var own: Evaluated? = Evaluated(of: value)
        guard applyRules(value, index, &own) else { return false }
        evaluated?.formUnion(own)
        return true
    }

    private mutating func applyRules(_ value: JSONValue, _ index: Int, _ evaluated: inout Evaluated?) -> Bool {
        var isValid = true
        for position in program.nodes[index].rules.indices {
            steps -= 1
            if !apply(program.nodes[index].rules[position], value, &evaluated) {
                isValid = false
                if isSilent { return false }
            }
        }
        return isValid
    }

    /// Checks a member or element against a schema.
    mutating func descend(_ value: JSONValue, at position: Int, _ index: Int) -> Bool {
        path.append(position)
        defer { path.removeLast() }
        return checkOther(value, index)
    }

    /// Checks a value that is not the current one but has no place of its own either, such as a member's name.
    mutating func checkOther(_ value: JSONValue, _ index: Int) -> Bool {
        let outer = firstFrameOfValue
        firstFrameOfValue = frames.count
        defer { firstFrameOfValue = outer }
        var evaluated: Evaluated?
        return check(value, index, &evaluated)
    }

    /// As `check`, without writing anything down.
    mutating func checkSilently(_ value: JSONValue, _ index: Int, _ evaluated: inout Evaluated?) -> Bool {
        let wasSilent = isSilent
        isSilent = true
        defer { isSilent = wasSilent }
        return check(value, index, &evaluated)
    }

    /// The violations of one alternative.
    mutating func violations(of value: JSONValue, against index: Int) -> [SchemaViolation] {
        let outer = violations
        isInsideAlternative = true
        violations = []
        defer {
            violations = outer
            isInsideAlternative = false
        }
        var evaluated: Evaluated?
        _ = check(value, index, &evaluated)
        return violations
    }

    // MARK: Bounds

    private mutating func mayEnter(_ index: Int) -> Bool {
        guard surrender == nil else { return false }
        let framesOfValue = frames[firstFrameOfValue...].dropLast()
        steps -= 1 + framesOfValue.count / 16
        guard steps > 0 else { return giveUp("checking takes too many steps") }
        guard frames.count <= Self.maximumDepth else { return giveUp("schemas and values are nested too deeply") }
        for frame in framesOfValue where frame.node == index {
            return giveUp("the schema leads back to itself without a step into the value")
        }
        return true
    }

    /// Ends the walk; the value counts as invalid.
    mutating func giveUp(_ message: String) -> Bool {
        if surrender == nil { surrender = violation("", message) }
        return false
    }

    // MARK: Violations

    /// Writes down that a keyword is broken; returns false.
    mutating func fail(_ rule: SchemaRule, _ message: @autoclosure () -> String) -> Bool {
        guard !isSilent, surrender == nil, violations.count < SchemaValidator.maximumViolations else { return false }
        violations.append(violation(rule.keyword, message()))
        return false
    }

    /// As `fail`, at a member of the current value.
    mutating func failMember(at position: Int, _ rule: SchemaRule, _ message: @autoclosure () -> String) -> Bool {
        path.append(position)
        defer { path.removeLast() }
        return fail(rule, message())
    }

    private func violation(_ keyword: String, _ message: String) -> SchemaViolation {
        var way: [String] = []
        var outer: [String] = []
        for frame in frames {
            let tokens = program.nodes[frame.node].location.pointer.tokens
            if let reference = frame.reference {
                way.append(reference.rawValue)
            } else {
                way += tokens.dropFirst(outer.count)
            }
            outer = tokens
        }
        let node = program.nodes[frames.last?.node ?? program.root]
        var pointer = node.location.pointer
        if !keyword.isEmpty {
            way.append(keyword)
            pointer = pointer.appending(keyword)
        }
        return SchemaViolation(
            instancePointer: instancePointer, schemaPointer: JSONPointer(tokens: way),
            schemaLocation: "\(node.document)#\(pointer)", message: message)
    }

    private var instancePointer: JSONPointer {
        var tokens: [String] = []
        var value = instance
        for position in path {
            switch value {
            case .array(let elements):
                tokens.append(String(position))
                value = elements[position]
            case .object(let object):
                tokens.append(object.members[position].key)
                value = object.members[position].value
            default: break
            }
        }
        return JSONPointer(tokens: tokens)
    }
}
