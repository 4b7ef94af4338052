/// One element of the shortest way to complete an array.
struct PlannedElement {
    let element: Int32
    /// Its text, where it must differ from other elements.
    var text: [UInt8]?
}

extension GrammarTables {
    /// Elements of the shortest text of an array beyond which a schema is refused.
    static let maximumPlan = 20_000

    /// Whether an element may come next: its place is there, and no demand is met too often.
    @inline(__always)
    func canTake(_ element: Element, in array: ArrayShape, _ progress: ArrayProgress) -> Bool {
        guard progress.count < array.maximum else { return false }
        if element.demands == 0 { return true }
        for (index, demand) in array.demands.enumerated()
        where element.demands >> UInt8(index) & 1 == 1 && progress.met(index) >= demands[Int(demand)].maximum {
            return false
        }
        return true
    }

    /// What an array has after one more element.
    @inline(__always)
    func taking(_ element: Element, in array: ArrayShape, _ progress: ArrayProgress) -> ArrayProgress {
        var next = progress
        next.count = min(progress.count + 1, max(array.countLimit, 1))
        if element.demands != 0 {
            for (index, demand) in array.demands.enumerated() where element.demands >> UInt8(index) & 1 == 1 {
                let demand = demands[Int(demand)]
                // Once enough are there, more of them make no difference unless there may be too many.
                let limit = demand.maximum == .max ? demand.minimum : demand.maximum
                if progress.met(index) < limit { next.met += 1 << UInt64(16 * index) }
            }
        }
        return next
    }

    func isSatisfied(_ array: ArrayShape, _ progress: ArrayProgress) -> Bool {
        guard progress.count >= array.minimum else { return false }
        for (index, demand) in array.demands.enumerated() where progress.met(index) < demands[Int(demand)].minimum {
            return false
        }
        return true
    }

    /// Bytes of the shortest way to complete an array between two elements, its bracket included.
    func rest(of array: ArrayShape, _ progress: ArrayProgress, _ store: MemberStore) -> Int {
        if isSatisfied(array, progress) { return 1 }
        if array.isUnique && array.minimum > 1 || !array.demands.isEmpty {
            guard let plan = plan(of: array, progress, store) else { return Self.unreachable }
            let cost = plan.reduce(1) { sum, planned in
                sum + 1 + (planned.text?.count ?? values[Int(elements[Int(planned.element)].value)].shortest)
            }
            return min(cost - (progress.count == 0 && !plan.isEmpty ? 1 : 0), Self.unreachable)
        }
        var cost = 1
        var count = progress.count
        while count < array.minimum {
            guard let element = cheapest(elements(of: array, at: count)) else { return Self.unreachable }
            let shortest = values[Int(elements[Int(element)].value)].shortest
            if count >= array.prefixCount, count > 0 {
                let (product, overflow) = (shortest + 1).multipliedReportingOverflow(by: Int(array.minimum - count))
                return overflow ? Self.unreachable : min(cost + product, Self.unreachable)
            }
            cost = min(cost + shortest + (count > 0 ? 1 : 0), Self.unreachable)
            count += 1
        }
        return cost
    }

    /// The elements of the shortest way to complete an array; nil if there is none.
    ///
    /// Demands are met as early as can be. That is not always shortest, but an ending found stays one.
    ///
    /// - Parameter current: the hash of the element in work, which the others must differ from. As long as it is not
    ///   known, one text is left for it.
    func plan(
        of array: ArrayShape, _ progress: ArrayProgress, _ store: MemberStore, current: UInt64? = nil
    ) -> [PlannedElement]? {
        var progress = progress
        var plan: [PlannedElement] = []
        var texts: Set<[UInt8]> = []
        if array.isUnique, array.minimum > 1, progress.count > 0, current == nil {
            let reserved = elements(of: array, at: progress.count).lazy.compactMap {
                freeText(of: elements[Int($0)].value, progress, store, beside: texts, except: current)
            }.min { $0.count < $1.count }
            if let reserved { texts.insert(reserved) }
        }
        // Counts are saturated, so the place is counted apart.
        while !isSatisfied(array, progress) {
            guard plan.count < Self.maximumPlan else { return nil }
            var unmet: UInt8 = 0
            for (index, demand) in array.demands.enumerated() where progress.met(index) < demands[Int(demand)].minimum {
                unmet |= 1 << UInt8(index)
            }
            var best: PlannedElement?
            var bestCost = Self.unreachable
            var bestMeets = false
            for index in elements(of: array, at: progress.count) {
                let element = elements[Int(index)]
                guard canTake(element, in: array, progress) else { continue }
                let meets = element.demands & unmet != 0
                var planned = PlannedElement(element: index)
                var cost = values[Int(element.value)].shortest
                if array.isUnique, array.minimum > 1 || progress.elements >= 0 {
                    guard let text = freeText(of: element.value, progress, store, beside: texts, except: current) else {
                        continue
                    }
                    planned.text = text
                    cost = text.count
                }
                guard cost < Self.unreachable else { continue }
                if best == nil || meets && !bestMeets || meets == bestMeets && cost < bestCost {
                    (best, bestCost, bestMeets) = (planned, cost, meets)
                }
            }
            guard let best, bestMeets || progress.count < array.minimum || canWait(array, progress) else { return nil }
            if let text = best.text { texts.insert(text) }
            plan.append(best)
            let before = progress.count
            progress = taking(elements[Int(best.element)], in: array, progress)
            // A place from which nothing changes any more leads nowhere.
            if progress.count == before, !bestMeets { return nil }
        }
        return plan
    }

    /// Whether a later place may meet the demands that this one cannot.
    private func canWait(_ array: ArrayShape, _ progress: ArrayProgress) -> Bool { progress.count < array.prefixCount }

    /// The shortest text of a value that is no element of the array yet; nil where none is found.
    func freeText(
        of value: Int32, _ progress: ArrayProgress, _ store: MemberStore, beside texts: Set<[UInt8]> = [],
        except current: UInt64? = nil
    ) -> [UInt8]? {
        let taken = store.count(from: progress.elements) + texts.count + 1
        return scalarTexts(of: value, limit: min(taken + 1, 10_000)).first { text in
            var hash = TextHash()
            for byte in text { hash.add(byte) }
            return hash.value != current && !store.contains(hash.value, from: progress.elements)
                && !texts.contains(text)
        }
    }
}

extension GrammarTables {
    /// The elements of the shortest text of an array.
    func plannedElements(of array: ArrayShape) -> [Int32] {
        let none = MemberStore()
        if array.isUnique && array.minimum > 1 || !array.demands.isEmpty {
            return (plan(of: array, ArrayProgress(), none) ?? []).map(\.element)
        }
        // All places from the prefix on are alike.
        return (0..<min(array.minimum, array.prefixCount + 1)).compactMap { cheapest(elements(of: array, at: $0)) }
    }
}
