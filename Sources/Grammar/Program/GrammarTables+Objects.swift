/// One property of the shortest way to complete an object.
struct PlannedProperty {
    /// Index in the object, or -1 for a name beyond the members.
    let member: Int32
    /// The name of the latter, in canonical JSON without quotes.
    var name: [UInt8] = []
    let element: Int32
}

extension GrammarTables {
    /// The cheapest of some elements; nil if none can be.
    @inline(__always)
    func cheapest(_ elements: Range<Int32>, meeting wanted: UInt8 = 0) -> Int32? {
        var best: Int32?
        var cost = Self.unreachable
        for index in elements {
            let element = self.elements[Int(index)]
            let shortest = values[Int(element.value)].shortest
            if shortest < cost, wanted == 0 || element.demands & wanted != 0 {
                best = index
                cost = shortest
            }
        }
        return best
    }

    /// Bytes of a property with its comma, or without one.
    func cost(_ property: PlannedProperty, of object: ObjectShape) -> Int {
        let key =
            property.member >= 0
            ? Int(members[Int(object.members.lowerBound + property.member)].keyCost) : property.name.count + 3
        return key + values[Int(elements[Int(property.element)].value)].shortest
    }

    /// Whether an object has a member.
    @inline(__always)
    func has(_ member: Int32, _ progress: ObjectProgress, _ store: MemberStore) -> Bool {
        progress.words >= 0
            && store.words[Int(progress.words) + Int(member >> 6)] >> UInt64(member & 63) & 1 == 1
    }

    /// A word of the set of members that an object must have and lacks.
    @inline(__always)
    func missing(_ word: Int32, of object: ObjectShape, _ progress: ObjectProgress, _ store: MemberStore) -> UInt64 {
        guard progress.words >= 0 else { return words[Int(object.requiredWords + word)] }
        let used = store.words[Int(progress.words + word)]
        let required =
            object.hasRequirements
            ? store.words[Int(progress.words + object.wordCount + word)] : words[Int(object.requiredWords + word)]
        return required & ~used
    }

    /// Bytes of the shortest way to complete an object between two properties, its brace included.
    func rest(of object: ObjectShape, _ progress: ObjectProgress, _ store: MemberStore) -> Int {
        var cost = 1
        var count = progress.count
        for word in 0..<object.wordCount {
            var missing = missing(word, of: object, progress, store)
            while missing != 0 {
                let member = word << 6 + Int32(missing.trailingZeroBitCount)
                missing &= missing - 1
                let entry = members[Int(object.members.lowerBound + member)]
                guard let element = cheapest(entry.elements) else { return Self.unreachable }
                cost += Int(entry.keyCost) + values[Int(elements[Int(element)].value)].shortest + (count > 0 ? 1 : 0)
                count += 1
            }
        }
        if count > object.maximum { return Self.unreachable }
        if count < object.minimum || !object.demands.isEmpty {
            guard let plan = plan(of: object, progress, store) else { return Self.unreachable }
            cost =
                plan.reduce(1) { $0 + self.cost($1, of: object) + 1 } - (progress.count == 0 && !plan.isEmpty ? 1 : 0)
        }
        return min(cost, Self.unreachable)
    }

    /// The properties of the shortest way to complete an object, in the order in which they may come; nil if there is none.
    func plan(of object: ObjectShape, _ progress: ObjectProgress, _ store: MemberStore) -> [PlannedProperty]? {
        var plan: [PlannedProperty] = []
        let allDemands = UInt8(truncatingIfNeeded: 1 << object.demands.count - 1)
        var unmet = allDemands & ~progress.met
        for word in 0..<object.wordCount {
            var missing = missing(word, of: object, progress, store)
            while missing != 0 {
                let member = word << 6 + Int32(missing.trailingZeroBitCount)
                missing &= missing - 1
                let range = members[Int(object.members.lowerBound + member)].elements
                guard let element = (unmet == 0 ? nil : cheapest(range, meeting: unmet)) ?? cheapest(range) else {
                    return nil
                }
                unmet &= ~elements[Int(element)].demands
                plan.append(PlannedProperty(member: member, element: element))
            }
        }
        var names: [[UInt8]]?
        while unmet != 0 || Int(progress.count) + plan.count < Int(object.minimum) {
            guard Int(progress.count) + plan.count < Int(object.maximum) else { return nil }
            var best: PlannedProperty?
            var bestCost = Self.unreachable
            for member in 0..<Int32(object.members.count) {
                guard canBeExtra(member, of: object, progress, store, plan),
                    let element = cheapest(members[Int(object.members.lowerBound + member)].elements, meeting: unmet)
                else { continue }
                let candidate = PlannedProperty(member: member, element: element)
                let cost = cost(candidate, of: object)
                if cost < bestCost { (best, bestCost) = (candidate, cost) }
            }
            if object.nameRule >= 0 {
                let missing = Int(object.minimum) - Int(progress.count) - plan.count
                let found = names ?? freeNames(of: object, progress, store, count: max(1, missing))
                names = found
                for name in found where !plan.contains(where: { $0.member < 0 && $0.name == name }) {
                    guard let element = cheapest(labelElements(name, of: object), meeting: unmet) else { continue }
                    let candidate = PlannedProperty(member: -1, name: name, element: element)
                    let cost = cost(candidate, of: object)
                    if cost < bestCost { (best, bestCost) = (candidate, cost) }
                }
            }
            guard let best else { return nil }
            unmet &= ~elements[Int(best.element)].demands
            plan.append(best)
        }
        if Int(progress.count) + plan.count > Int(object.maximum) { return nil }
        // Members in the order of their declaration, then the other names as they came.
        return plan.filter { $0.member >= 0 }.sorted { $0.member < $1.member } + plan.filter { $0.member < 0 }
    }

    /// Whether a member may fill up an object: it is not there yet, and calls for no others.
    private func canBeExtra(
        _ member: Int32, of object: ObjectShape, _ progress: ObjectProgress, _ store: MemberStore,
        _ plan: [PlannedProperty]
    ) -> Bool {
        guard !has(member, progress, store), object.inAnyOrder || member >= progress.position,
            !plan.contains(where: { $0.member == member })
        else { return false }
        let requirements = members[Int(object.members.lowerBound + member)].requirements
        guard requirements >= 0 else { return true }
        return (0..<object.wordCount).allSatisfy { word in
            var others = words[Int(requirements + word)]
            if progress.words >= 0 { others &= ~store.words[Int(progress.words + word)] }
            others &= ~missing(word, of: object, progress, store)
            if member >> 6 == word { others &= ~(1 << UInt64(member & 63)) }
            return others == 0
        }
    }

    /// The ways to fill a property with a name beyond the members.
    func labelElements(_ name: [UInt8], of object: ObjectShape) -> Range<Int32> {
        let rule = strings[Int(object.nameRule)]
        var state: Int32 = 0
        var prefix: CodePointPrefix?
        for byte in name {
            switch prefix?.next(byte) ?? CodePointPrefix.first(byte) {
            case .inside(let inside): prefix = inside
            case .scalar(let scalar):
                state = rule.automaton.next(state, scalar)
                if state < 0 { return 0..<0 }
                prefix = nil
            case .dead, .quote: return 0..<0
            }
        }
        let label = label(of: object, state)
        return label < 0 ? 0..<0 : labels[Int(object.firstLabel + label)]
    }

    /// The shortest names beyond the members that an object does not have yet.
    func freeNames(
        of object: ObjectShape, _ progress: ObjectProgress, _ store: MemberStore, count: Int
    ) -> [[UInt8]] {
        let taken = store.count(from: progress.names) + object.members.count
        let rule = strings[Int(object.nameRule)]
        // A limit on what a large `minProperties` can cost; such schemas are refused.
        let limit = min(taken + count, 10_000)
        var free: [[UInt8]] = []
        let words = names.texts(of: object.nameRule, limit: limit) { rule.shortestWords(0, count: 0, limit: $0) }
        for name in words where free.count < count {
            var hash = TextHash()
            for byte in name { hash.add(byte) }
            if store.contains(hash.value, from: progress.names) || isMember(name, of: object) { continue }
            if labelElements(name, of: object).isEmpty { continue }
            free.append(name)
        }
        return free
    }

    private func isMember(_ name: [UInt8], of object: ObjectShape) -> Bool {
        var node = object.keys
        for byte in name where node >= 0 { node = tries.child(of: node, byte) }
        return node >= 0 && tries.nodes[Int(node)].text >= 0
    }
}
