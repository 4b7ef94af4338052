extension GrammarTables {
    /// Appends the shortest text of a value.
    func appendShortest(_ value: Int32, to text: inout [UInt8]) {
        let value = values[Int(value)]
        if value.literals >= 0, Int(tries.nodes[Int(value.literals)].shortest) == value.shortest {
            text += tries.suffix(of: tries.nearestText(from: value.literals), from: value.literals)
            return
        }
        for index in value.numbers where numbers[rule(index)].shortest(NumberRule.start) == value.shortest {
            numbers[rule(index)].appendShortest(NumberRule.start, to: &text)
            return
        }
        for index in value.strings where strings[rule(index)].shortest(0, count: 0) + 2 == value.shortest {
            text.append(UInt8(ascii: "\""))
            strings[rule(index)].appendShortest(0, count: 0, to: &text)
            text.append(UInt8(ascii: "\""))
            return
        }
        let none = MemberStore()
        for index in value.arrays where arrays[rule(index)].shortest == value.shortest {
            text.append(UInt8(ascii: "["))
            appendRest(of: arrays[rule(index)], ArrayProgress(), none, to: &text)
            return
        }
        for index in value.objects where objects[rule(index)].shortest == value.shortest {
            text.append(UInt8(ascii: "{"))
            appendRest(of: objects[rule(index)], ObjectProgress(), none, to: &text)
            return
        }
    }

    @inline(__always)
    func rule(_ alternative: Int32) -> Int { Int(alternatives[Int(alternative)]) }

    /// Appends what `rest(of:)` counts.
    func appendRest(
        of object: ObjectShape, _ progress: ObjectProgress, _ store: MemberStore, to text: inout [UInt8]
    ) {
        var isFirst = progress.count == 0
        for property in plan(of: object, progress, store) ?? [] {
            if !isFirst { text.append(UInt8(ascii: ",")) }
            isFirst = false
            append(property, of: object, to: &text)
        }
        text.append(UInt8(ascii: "}"))
    }

    /// Appends a property with its shortest value.
    func append(_ property: PlannedProperty, of object: ObjectShape, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        if property.member >= 0 {
            let name = tries.texts(below: object.keys).first { tries.texts[$0].payload == property.member }
            if let name { text += tries.suffix(of: name, from: object.keys) }
        } else {
            text += property.name
        }
        text += [UInt8(ascii: "\""), UInt8(ascii: ":")]
        appendShortest(elements[Int(property.element)].value, to: &text)
    }

    /// Appends what `rest(of:)` counts.
    func appendRest(
        of array: ArrayShape, _ progress: ArrayProgress, _ store: MemberStore, current: UInt64? = nil,
        to text: inout [UInt8]
    ) {
        if !isSatisfied(array, progress) {
            if array.isUnique && array.minimum > 1 || !array.demands.isEmpty {
                for (index, planned) in (plan(of: array, progress, store, current: current) ?? []).enumerated() {
                    if progress.count > 0 || index > 0 { text.append(UInt8(ascii: ",")) }
                    if let known = planned.text {
                        text += known
                    } else {
                        appendShortest(elements[Int(planned.element)].value, to: &text)
                    }
                }
            } else {
                for place in progress.count..<array.minimum {
                    guard let element = cheapest(elements(of: array, at: place)) else { break }
                    if place > 0 { text.append(UInt8(ascii: ",")) }
                    appendShortest(elements[Int(element)].value, to: &text)
                }
            }
        }
        text.append(UInt8(ascii: "]"))
    }

    /// Up to `limit` different shortest texts of the scalars among the values, the shortest first.
    func scalarTexts(of value: Int32, limit: Int) -> [[UInt8]] {
        texts.texts(of: value, limit: limit) { makeScalarTexts(of: value, limit: $0) }
    }

    private func makeScalarTexts(of value: Int32, limit: Int) -> [[UInt8]] {
        let value = values[Int(value)]
        var texts: [[UInt8]] = []
        if value.literals >= 0 {
            texts += tries.texts(below: value.literals).lazy.map { Array(tries.suffix(of: $0, from: value.literals)) }
        }
        for index in value.numbers {
            texts += numbers[rule(index)].words(NumberRule.start, count: 0, limit: limit)
        }
        for index in value.strings {
            texts += strings[rule(index)].shortestWords(0, count: 0, limit: limit).map {
                [UInt8(ascii: "\"")] + $0 + [UInt8(ascii: "\"")]
            }
        }
        texts.sort { ($0.count, $0) < ($1.count, $1) }
        return Array(texts.prefix(limit))
    }
}

private func < (left: (Int, [UInt8]), right: (Int, [UInt8])) -> Bool {
    left.0 != right.0 ? left.0 < right.0 : left.1.lexicographicallyPrecedes(right.1)
}
