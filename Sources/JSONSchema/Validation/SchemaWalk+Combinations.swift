extension SchemaWalk {
    /// `allOf`, `anyOf`, `oneOf`, `not` and `if`.
    mutating func applyCombination(
        _ rule: SchemaRule, _ value: JSONValue, _ evaluated: inout Evaluated?
    ) -> Bool {
        switch rule.assertion {
        case .allOf(let nodes):
            var isValid = true
            for node in nodes where !check(value, node, &evaluated) {
                isValid = false
                if isSilent { return false }
            }
            return isValid
        case .anyOf(let nodes):
            return count(of: nodes, fitting: value, atMost: 1, &evaluated) > 0 || failAlternatives(rule, value, nodes)
        case .oneOf(let nodes):
            var branch = evaluated?.cleared
            let count = count(of: nodes, fitting: value, atMost: 2, &branch)
            guard count <= 1 else {
                return fail(rule, "the value fits more than one of the \(nodes.count) alternatives")
            }
            guard count == 1 else { return failAlternatives(rule, value, nodes) }
            evaluated?.formUnion(branch)
            return true
        case .not(let node):
            var unused: Evaluated?
            return !checkSilently(value, node, &unused) || fail(rule, "the value fits the schema that it must not fit")
        case .conditional(let condition, let then, let otherwise):
            var branch = evaluated?.cleared
            guard checkSilently(value, condition, &branch) else {
                return otherwise.map { check(value, $0, &evaluated) } ?? true
            }
            evaluated?.formUnion(branch)
            return then.map { check(value, $0, &evaluated) } ?? true
        default: return true
        }
    }

    /// How many alternatives fit; counting ends at `limit` unless it matters what each of them evaluates.
    private mutating func count(
        of nodes: [Int], fitting value: JSONValue, atMost limit: Int, _ evaluated: inout Evaluated?
    ) -> Int {
        var count = 0
        for node in nodes {
            var branch = evaluated?.cleared
            steps -= (branch?.flags.count ?? 0) / 64
            guard checkSilently(value, node, &branch) else { continue }
            count += 1
            evaluated?.formUnion(branch)
            if evaluated == nil, count == limit { break }
        }
        return count
    }

    /// Writes down that nothing fits, with what is wrong in the alternative that comes closest.
    private mutating func failAlternatives(_ rule: SchemaRule, _ value: JSONValue, _ nodes: [Int]) -> Bool {
        guard !isSilent else { return false }
        var closest: [SchemaViolation]?
        if !isInsideAlternative {
            for node in nodes {
                let violations = violations(of: value, against: node)
                if violations.count < closest?.count ?? .max { closest = violations }
            }
        }
        let hint = closest?.first.map { "; of the closest, \($0)" } ?? ""
        return fail(rule, "the value fits none of the \(nodes.count) alternatives\(hint)")
    }
}
