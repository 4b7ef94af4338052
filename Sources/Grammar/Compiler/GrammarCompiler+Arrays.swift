import JSONSchema

extension GrammarCompiler {
    /// Most `contains` that may speak of one array.
    static let maximumDemands = 4
    /// Longest `prefixItems`, and highest index that a negated one speaks of.
    static let maximumPrefix = 10_000
    /// Most elements or properties that an ending may have to list one by one.
    static let maximumListed = 1000

    mutating func addArrays(_ clause: Clause, _ key: ValueKey, to draft: inout ValueDraft) throws(GrammarError) {
        let arrays = clause.arrays
        let node = key.literals.first.map { Int($0.node) } ?? 0
        let isSpeltOnce = key.needsUniqueSpelling || arrays.isUnique
        // A demand that everything meets, or any number of elements may, demands nothing.
        let demands = arrays.contains.filter { $0.minimum > 0 || $0.maximum < .max || $0.scopes != 0 }
        guard demands.count <= Self.maximumDemands else {
            try refuse("contains", node, "is stated more than \(Self.maximumDemands) times of one array")
            return
        }
        let listed = demands.reduce(arrays.isUnique || !demands.isEmpty ? arrays.minimum : 0) { max($0, $1.minimum) }
        guard listed <= Self.maximumListed else {
            try refuse(
                "minItems", node,
                "is more than \(Self.maximumListed) beside `uniqueItems` or `contains`, which cannot be held while decoding"
            )
            return
        }
        var prefix = arrays.rules.reduce(0) { max($0, nodes[Int($1.node)].prefixItems.count) }
        for element in arrays.elements { prefix = max(prefix, element.index + 1) }
        guard prefix <= Self.maximumPrefix else {
            throw error("prefixItems", node, "has more than \(Self.maximumPrefix) places")
        }

        var result = ArrayDraft(
            minimum: arrays.minimum, maximum: arrays.maximum, isUnique: arrays.isUnique && arrays.maximum > 1,
            positions: [],
            demands: demands.map { DemandRange(minimum: $0.minimum, maximum: $0.maximum) })
        if let bound = options.maximumItems, result.maximum > bound { result.maximum = max(bound, result.minimum) }
        var isDescribed = prefix == 0
        for position in 0...prefix {
            var literals = arrays.every
            // The scopes for which the place is evaluated, whatever stands in it.
            var evaluated: UInt64 = 0
            for rule in arrays.rules {
                let schema = nodes[Int(rule.node)]
                if position < schema.prefixItems.count {
                    literals.append(Literal(node: schema.prefixItems[position], scope: rule.scope))
                } else if schema.items >= 0 {
                    literals.append(Literal(node: schema.items, scope: rule.scope))
                    if position == prefix { isDescribed = true }
                } else {
                    continue
                }
                evaluated |= rule.scopes
            }
            for element in arrays.elements where element.index == position { literals.append(element.literal) }
            if position == prefix, !clause.unevaluated.isEmpty { isDescribed = true }
            var alternatives: [ElementDraft] = []
            for met in 0..<(1 << demands.count) {
                var chosen = literals
                var evaluatedHere = evaluated
                for (index, demand) in demands.enumerated() {
                    if met >> index & 1 == 1 {
                        chosen.append(demand.literal)
                        evaluatedHere |= demand.scopes
                    } else if demand.maximum < .max {
                        chosen.append(demand.literal.negated)
                    }
                }
                chosen += clause.unevaluatedLiterals(&evaluatedHere)
                work += chosen.count > 1 ? Self.glance : 1
                if areInConflict(chosen) { continue }
                alternatives.append(
                    ElementDraft(value: value(chosen, needsUniqueSpelling: isSpeltOnce), demands: UInt8(met)))
            }
            result.positions.append(alternatives)
        }
        // What may follow described places is not generated unless it is described too, or must be there.
        if options.undeclared == .whereDescribed, !isDescribed, result.minimum <= prefix {
            result.maximum = min(result.maximum, prefix)
        }
        let unique = key.literals.first { nodes[Int($0.node)].uniqueItems }.map { Int($0.node) } ?? node
        draft.add(array: index(of: result, node: unique))
    }
}

extension Literal {
    var negated: Literal { Literal(node: node, isNegated: !isNegated, scope: scope) }
}
