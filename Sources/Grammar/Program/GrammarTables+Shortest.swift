extension GrammarTables {
    /// Lengths of shortest texts, by going over all values until none gets shorter.
    mutating func findShortest() {
        let none = MemberStore()
        for index in values.indices {
            let value = values[index]
            var shortest = Self.unreachable
            if value.literals >= 0 { shortest = Int(tries.nodes[Int(value.literals)].shortest) }
            for rule in value.numbers {
                shortest = min(shortest, numbers[self.rule(rule)].shortest(NumberRule.start))
            }
            for rule in value.strings {
                shortest = min(shortest, strings[self.rule(rule)].shortest(0, count: 0) + 2)
            }
            values[index].shortest = shortest
        }
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for index in arrays.indices {
                let shortest = min(
                    rest(of: arrays[index], ArrayProgress(), none) + 1, Self.unreachable)
                if shortest < arrays[index].shortest { arrays[index].shortest = shortest }
            }
            for index in objects.indices {
                let shortest = min(
                    rest(of: objects[index], ObjectProgress(), none) + 1, Self.unreachable)
                if shortest < objects[index].shortest { objects[index].shortest = shortest }
            }
            for index in values.indices {
                let value = values[index]
                var shortest = value.shortest
                for rule in value.arrays { shortest = min(shortest, arrays[self.rule(rule)].shortest) }
                for rule in value.objects { shortest = min(shortest, objects[self.rule(rule)].shortest) }
                if shortest < value.shortest {
                    values[index].shortest = shortest
                    hasChanged = true
                }
            }
        }
    }

    /// Nesting depths of shortest texts: those of what they contain are shorter and come first.
    mutating func findDepths() {
        let none = MemberStore()
        var order: [(shortest: Int, isArray: Bool, index: Int)] = []
        for (index, array) in arrays.enumerated() where array.shortest < Self.unreachable {
            order.append((array.shortest, true, index))
        }
        for (index, object) in objects.enumerated() where object.shortest < Self.unreachable {
            order.append((object.shortest, false, index))
        }
        order.sort { $0.shortest < $1.shortest }
        for entry in order {
            var depth = 0
            if entry.isArray {
                let array = arrays[entry.index]
                if array.minimum > 0 || !array.demands.isEmpty {
                    for element in plannedElements(of: array) { depth = max(depth, self.depth(of: element)) }
                }
                arrays[entry.index].depth = depth + 1
            } else {
                for property in plan(of: objects[entry.index], ObjectProgress(), none) ?? [] {
                    depth = max(depth, self.depth(of: property.element))
                }
                objects[entry.index].depth = depth + 1
            }
        }
        for index in values.indices { values[index].depth = depth(ofValue: index) }
    }

    private func depth(of element: Int32) -> Int { depth(ofValue: Int(elements[Int(element)].value)) }

    private func depth(ofValue index: Int) -> Int {
        let value = values[index]
        if value.literals >= 0, Int(tries.nodes[Int(value.literals)].shortest) == value.shortest { return 0 }
        for rule in value.numbers where numbers[self.rule(rule)].shortest(NumberRule.start) == value.shortest {
            return 0
        }
        for rule in value.strings where strings[self.rule(rule)].shortest(0, count: 0) + 2 == value.shortest {
            return 0
        }
        for rule in value.arrays where arrays[self.rule(rule)].shortest == value.shortest {
            return arrays[self.rule(rule)].depth
        }
        for rule in value.objects where objects[self.rule(rule)].shortest == value.shortest {
            return objects[self.rule(rule)].depth
        }
        return 0
    }
}
