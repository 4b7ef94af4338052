extension SchemaWalk {
    /// Checks a keyword about arrays.
    mutating func apply(_ rule: SchemaRule, _ elements: [JSONValue], _ evaluated: inout Evaluated?) -> Bool {
        switch rule.assertion {
        case .minimumItems(let minimum):
            return elements.count >= minimum
                || fail(rule, "the array has \(elements.count) elements, fewer than \(minimum)")
        case .maximumItems(let maximum):
            return elements.count <= maximum
                || fail(rule, "the array has \(elements.count) elements, more than \(maximum)")
        case .uniqueItems: return areUnique(elements, rule)
        case .prefixItems(let nodes):
            var isValid = true
            for (position, node) in nodes.prefix(elements.count).enumerated() {
                if !descend(elements[position], at: position, node) { isValid = false }
                if !isValid, isSilent { return false }
                evaluated?.insert(position)
            }
            return isValid
        case .items(let node, let start):
            var isValid = true
            for position in elements.indices.dropFirst(start) {
                if !descend(elements[position], at: position, node) { isValid = false }
                if !isValid, isSilent { return false }
                evaluated?.insert(position)
            }
            return isValid
        case .contains(let node, let minimum, let maximum, let marks):
            return contains(elements, rule, node, minimum, maximum, marks, &evaluated)
        case .unevaluatedItems(let node):
            var isValid = true
            for position in elements.indices where evaluated?.flags[position] == false {
                if !descend(elements[position], at: position, node) { isValid = false }
                if !isValid, isSilent { return false }
                evaluated?.insert(position)
            }
            return isValid
        default: return true
        }
    }

    private mutating func areUnique(_ elements: [JSONValue], _ rule: SchemaRule) -> Bool {
        var positions: [JSONValue: Int] = [:]
        steps -= elements.count
        for (position, element) in elements.enumerated() {
            if let other = positions.updateValue(position, forKey: element) {
                return fail(rule, "the elements \(other) and \(position) are equal: all must be different")
            }
        }
        return true
    }

    private mutating func contains(
        _ elements: [JSONValue], _ rule: SchemaRule, _ node: Int, _ minimum: Int, _ maximum: Int?, _ marks: Bool,
        _ evaluated: inout Evaluated?
    ) -> Bool {
        var count = 0
        let wasSilent = isSilent
        isSilent = true
        for (position, element) in elements.enumerated() {
            if !(marks && evaluated != nil), maximum == nil, count >= minimum { break }
            guard descend(element, at: position, node) else { continue }
            count += 1
            if marks { evaluated?.insert(position) }
        }
        isSilent = wasSilent
        guard count >= minimum else {
            return fail(rule, "\(count) elements are what the array must contain, fewer than \(minimum)")
        }
        if let maximum, count > maximum {
            return fail(rule, "\(count) elements are what the array may contain, more than \(maximum)")
        }
        return true
    }
}
