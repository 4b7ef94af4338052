extension SchemaWalk {
    /// Checks one keyword; a value of another type than the keyword is about is fine.
    mutating func apply(_ rule: SchemaRule, _ value: JSONValue, _ evaluated: inout Evaluated?) -> Bool {
        switch rule.assertion {
        case .never, .types, .constant, .enumeration: return applyGeneral(rule, value)
        case .allOf, .anyOf, .oneOf, .not, .conditional: return applyCombination(rule, value, &evaluated)
        case .reference, .dynamicReference, .recursiveReference: return follow(rule, value, &evaluated)
        default: break
        }
        switch value {
        case .number(let number): return apply(rule, number)
        case .string(let string): return apply(rule, string)
        case .array(let elements): return apply(rule, elements, &evaluated)
        case .object(let object): return apply(rule, object, value, &evaluated)
        case .null, .bool: return true
        }
    }

    private mutating func follow(_ rule: SchemaRule, _ value: JSONValue, _ evaluated: inout Evaluated?) -> Bool {
        switch rule.assertion {
        case .reference(let node):
            return check(value, node, &evaluated, through: rule.keyword == "$ref" ? .plain : .dynamic)
        case .dynamicReference(let anchor, let initial):
            // The outermost resource that has the anchor decides.
            let node = scope.lazy.compactMap { [program] in program.resources[$0].dynamicAnchors[anchor] }.first
            return check(value, node ?? initial, &evaluated, through: .dynamic)
        case .recursiveReference(let initial):
            let resource = scope.first { program.resources[$0].isRecursiveAnchor }
            let node = resource.map { program.resources[$0].rootNode }
            return check(value, node ?? initial, &evaluated, through: .recursive)
        default: return true
        }
    }

    private mutating func applyGeneral(_ rule: SchemaRule, _ value: JSONValue) -> Bool {
        switch rule.assertion {
        case .never: return fail(rule, "no value is allowed here")
        case .types(let types):
            return types.admits(value)
                || fail(rule, "\(value.typeDescription) stands where \(types.description) is required")
        case .constant(let constant):
            return constant == value || fail(rule, "the value must be \(Self.excerpt(constant))")
        case .enumeration(let values, let set):
            steps -= values.count / 8
            let isAllowed = set.isEmpty ? values.contains(value) : set.contains(value)
            return isAllowed || fail(rule, Self.explanation(ofChoice: values))
        default: return true
        }
    }

    private static func explanation(ofChoice values: [JSONValue]) -> String {
        let list = values.prefix(8).map(excerpt).joined(separator: ", ")
        return "the value must be one of \(list)\(values.count > 8 ? ", ..." : "")"
    }

    private mutating func apply(_ rule: SchemaRule, _ number: JSONNumber) -> Bool {
        switch rule.assertion {
        case .bound(let bound):
            if bound.admits(ExactDecimal(lexeme: number.lexeme)) { return true }
            let relation =
                bound.isMaximum
                ? bound.isExclusive ? "less than" : "at most" : bound.isExclusive ? "greater than" : "at least"
            return fail(rule, "the number \(Self.excerpt(.number(number))) must be \(relation) \(bound.number.lexeme)")
        case .multiple(let divisor, let divisorDecimal):
            let decimal = ExactDecimal(lexeme: number.lexeme)
            let cost = decimal.divisionCost(by: divisorDecimal) / 16
            guard cost < steps else { return giveUp("dividing numbers of so many digits takes too many steps") }
            steps -= cost
            return decimal.isMultiple(of: divisorDecimal)
                || fail(
                    rule, "the number \(Self.excerpt(.number(number))) must be a multiple of \(divisor.lexeme)")
        default: return true
        }
    }

    private mutating func apply(_ rule: SchemaRule, _ string: String) -> Bool {
        switch rule.assertion {
        case .minimumLength(let minimum):
            let length = string.unicodeScalars.count
            return length >= minimum || fail(rule, "the string has \(length) code points, fewer than \(minimum)")
        case .maximumLength(let maximum):
            if string.utf8.count <= maximum { return true }
            let length = string.unicodeScalars.count
            return length <= maximum || fail(rule, "the string has \(length) code points, more than \(maximum)")
        case .pattern(let pattern):
            return occurs(pattern, in: string) || fail(rule, "the string does not match the pattern \(pattern.source)")
        case .format(let format):
            steps -= string.utf8.count / 16
            return format.admits(string) || fail(rule, "the string is not of the format \(format.rawValue)")
        default: return true
        }
    }

    /// Whether a string holds a match; false, and the end of the walk, if the search takes too long.
    mutating func occurs(_ pattern: Pattern, in string: String) -> Bool {
        steps -= 1
        return pattern.occurs(in: string, budget: &steps)
            ?? giveUp("searching for the pattern \(pattern.source) takes too many steps")
    }

    /// A value for a message, cut to a readable length.
    static func excerpt(_ value: JSONValue) -> String {
        let text = String(decoding: value.serialized(), as: UTF8.self)
        return text.utf8.count <= 60 ? text : String(text.unicodeScalars.prefix(60)) + "..."
    }
}
