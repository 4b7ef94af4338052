extension SchemaWalk {
    /// Checks a keyword about objects; `value` is the object again.
    mutating func apply(
        _ rule: SchemaRule, _ object: JSONObject, _ value: JSONValue, _ evaluated: inout Evaluated?
    ) -> Bool {
        switch rule.assertion {
        case .minimumProperties(let minimum):
            return object.count >= minimum
                || fail(rule, "the object has \(object.count) members, fewer than \(minimum)")
        case .maximumProperties(let maximum):
            return object.count <= maximum
                || fail(rule, "the object has \(object.count) members, more than \(maximum)")
        case .required(let names):
            var isValid = true
            steps -= names.count / 8
            for name in names where !object.contains(key: name) {
                isValid = fail(rule, "the property \"\(name)\" is missing")
                if isSilent { return false }
            }
            return isValid
        case .dependentRequired(let dependencies):
            var isValid = true
            for (name, required) in dependencies where object.contains(key: name) {
                for other in required where !object.contains(key: other) {
                    isValid = fail(rule, "the property \"\(other)\" is missing, which \"\(name)\" requires")
                }
            }
            return isValid
        case .dependentSchemas(let dependencies):
            var isValid = true
            for (name, node) in dependencies where object.contains(key: name) {
                if !check(value, node, &evaluated) { isValid = false }
                if !isValid, isSilent { return false }
            }
            return isValid
        default: return applyToMembers(rule, object, &evaluated)
        }
    }

    private mutating func applyToMembers(
        _ rule: SchemaRule, _ object: JSONObject, _ evaluated: inout Evaluated?
    ) -> Bool {
        var isValid = true
        switch rule.assertion {
        case .properties(let properties):
            steps -= properties.count / 8
            for (name, node) in properties {
                guard let position = object.position(of: name) else { continue }
                if !descend(object.members[position].value, at: position, node) { isValid = false }
                if !isValid, isSilent { return false }
                evaluated?.insert(position)
            }
        case .patternProperties(let patterns):
            for position in object.members.indices {
                for (pattern, node) in patterns where occurs(pattern, in: object.members[position].key) {
                    if !descend(object.members[position].value, at: position, node) { isValid = false }
                    if !isValid, isSilent { return false }
                    evaluated?.insert(position)
                }
            }
        case .additionalProperties(let node, let names, let patterns):
            for position in object.members.indices {
                let key = object.members[position].key
                if names.contains(KeyBytes(key)) || patterns.contains(where: { occurs($0, in: key) }) { continue }
                if !checkAdditional(object, position, node, rule) { isValid = false }
                if !isValid, isSilent { return false }
                evaluated?.insert(position)
            }
        case .unevaluatedProperties(let node):
            for position in object.members.indices where evaluated?.flags[position] == false {
                if !checkAdditional(object, position, node, rule) { isValid = false }
                if !isValid, isSilent { return false }
                evaluated?.insert(position)
            }
        case .propertyNames(let node):
            for (key, _) in object.members where !checkOther(.string(key), node) {
                isValid = fail(rule, "the name \"\(key)\" is not one that the object may use")
                if isSilent { return false }
            }
        default: break
        }
        return isValid
    }

    /// Checks a member that is not declared; where none is allowed, that is said in plain words.
    private mutating func checkAdditional(
        _ object: JSONObject, _ position: Int, _ node: Int, _ rule: SchemaRule
    ) -> Bool {
        if program.nodes[node].isNever {
            return failMember(at: position, rule, "the property \"\(object.members[position].key)\" is not declared")
        }
        return descend(object.members[position].value, at: position, node)
    }
}
