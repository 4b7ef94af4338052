extension PushdownMachine {
    /// Bytes of the shortest way to complete the whole text, or a little more: `appendEnding` gives no more than these.
    mutating func shortest(_ configuration: Configuration) -> Int {
        let tail = tail(configuration.frame)
        switch configuration.kind {
        case .value:
            return (freeText(configuration)?.count ?? tables.values[Int(configuration.place)].shortest) + tail
        case .literal:
            let node = tables.tries.nodes[Int(configuration.place)]
            guard isUniqueArray(configuration.frame) else { return Int(node.shortest) + tail }
            guard let text = freeText(below: configuration.place, in: configuration.frame) else {
                return GrammarTables.unreachable
            }
            return Int(tables.tries.texts[text].length - node.depth) + tail
        case .number:
            guard isUniqueArray(configuration.frame) else {
                return tables.numbers[Int(configuration.place)].shortest(configuration.state) + tail
            }
            return (freeNumber(configuration)?.count ?? GrammarTables.unreachable) + tail
        case .string:
            guard isUniqueArray(configuration.frame) else {
                return tables.strings[Int(configuration.place)].shortest(configuration) + 1 + tail
            }
            return (freeString(configuration)?.count ?? GrammarTables.unreachable) + 1 + tail
        case .plain: return tables.strings[Int(configuration.place)].shortest(configuration)
        case .keyStart, .key: return nearestProperty(configuration)?.cost ?? GrammarTables.unreachable
        case .colon: return nearestValue(configuration).map { $0.cost + 1 } ?? GrammarTables.unreachable
        case .objectOpen, .arrayOpen, .after: return tail
        case .done: return 0
        }
    }

    /// Appends the bytes of an ending of at most `shortest` bytes.
    mutating func appendEnding(_ configuration: Configuration, to text: inout [UInt8]) {
        var hash = configuration.hash
        let start = text.count
        switch configuration.kind {
        case .value:
            if let free = freeText(configuration) {
                text += free
            } else {
                tables.appendShortest(configuration.place, to: &text)
            }
        case .literal:
            let node = configuration.place
            let nearest =
                isUniqueArray(configuration.frame)
                ? freeText(below: node, in: configuration.frame) : tables.tries.nearestText(from: node)
            if let nearest {
                text += tables.tries.suffix(of: nearest, from: node)
                hash = tables.tries.texts[nearest].hash
            }
        case .number:
            if isUniqueArray(configuration.frame) {
                text += freeNumber(configuration) ?? []
            } else {
                tables.numbers[Int(configuration.place)].appendShortest(configuration.state, to: &text)
            }
            hash = Self.hash(of: Array(text[start...]), after: hash)
        case .string:
            if isUniqueArray(configuration.frame) {
                text += freeString(configuration) ?? []
            } else {
                tables.strings[Int(configuration.place)].appendShortest(configuration, to: &text)
            }
            text.append(UInt8(ascii: "\""))
            hash = Self.hash(of: Array(text[start...]), after: hash)
        case .plain:
            tables.strings[Int(configuration.place)].appendShortest(configuration, to: &text)
            return
        case .keyStart, .key:
            guard let property = nearestProperty(configuration) else { return }
            text += property.rest
            text += [UInt8(ascii: "\""), UInt8(ascii: ":")]
            endProperty(property.colon, to: &text)
            return
        case .colon:
            text.append(UInt8(ascii: ":"))
            endProperty(configuration, to: &text)
            return
        case .objectOpen, .arrayOpen, .after: break
        case .done: return
        }
        if configuration.kind == .value {
            hash = Self.hash(of: Array(text[start...]), after: TextHash().value)
        }
        appendTail(configuration.frame, current: hash, to: &text)
    }

    /// The shortest scalar that is no element yet, if the value is an element that must differ from others.
    private func freeText(_ value: Configuration) -> [UInt8]? {
        guard isUniqueArray(value.frame), frames[Int(value.frame)].array.elements >= 0 else { return nil }
        return tables.freeText(of: value.place, frames[Int(value.frame)].array, store)
    }

    /// Appends what completes the text after the value in work; `current` is the hash of that value.
    private func appendTail(_ index: Int32, current: UInt64, to text: inout [UInt8]) {
        var index = index
        var current: UInt64? = current
        while index >= 0 {
            let frame = frames[Int(index)]
            if frame.isArray {
                tables.appendRest(
                    of: tables.arrays[Int(frame.shape)], frame.array, store, current: frame.isUnique ? current : nil,
                    to: &text)
            } else {
                tables.appendRest(of: tables.objects[Int(frame.shape)], frame.object, store, to: &text)
            }
            current = nil
            index = frame.parent
        }
    }

    /// The nearest way to complete a key, with what must follow it.
    private mutating func nearestProperty(_ key: Configuration) -> (cost: Int, rest: [UInt8], colon: Configuration)? {
        let object = tables.objects[Int(frames[Int(key.frame)].shape)]
        let isStart = key.kind == .keyStart
        let node = isStart ? object.keys : key.place
        var best: (cost: Int, rest: [UInt8], colon: Configuration)?
        // Of equal ones that which is declared first: so the ending stays the same while it is followed.
        func isBetter(_ cost: Int, member: Int32? = nil) -> Bool {
            guard let best else { return true }
            guard cost == best.cost, let member else { return cost < best.cost }
            return member < best.colon.place
        }
        if node >= 0 {
            for text in tables.tries.texts(below: node) {
                let entry = tables.tries.texts[text]
                guard canAdd(member: entry.payload, to: key.frame) else { continue }
                let colon = Configuration(
                    kind: .colon, place: entry.payload, frame: key.frame,
                    hash: isHashed(key.frame) ? entry.hash : 0)
                guard let value = nearestValue(colon) else { continue }
                let rest = tables.tries.suffix(of: text, from: node)
                let cost = rest.count + (isStart ? 3 : 2) + value.cost
                if isBetter(cost, member: entry.payload) {
                    best = (cost, (isStart ? [UInt8(ascii: "\"")] : []) + rest, colon)
                }
            }
        }
        let state = isStart ? (canAddName(to: frames[Int(key.frame)], object) ? 0 : -1) : key.state
        guard state >= 0 else { return best }
        let hash = isStart ? TextHash().value : key.hash
        var rest: [UInt8]?
        if key.prefix != 0 {
            var word: [UInt8] = []
            tables.strings[Int(object.nameRule)].appendShortest(
                Configuration(kind: .string, prefix: key.prefix, state: state, frame: -1), to: &word)
            rest = word
        } else {
            rest = freeName(state, hash: hash, key.frame, object)
        }
        guard let rest, let label = label(object, from: state, prefix: key.prefix, after: rest) else { return best }
        let colon = Configuration(
            kind: .colon, place: -1 - label, frame: key.frame, hash: Self.hash(of: rest, after: hash))
        guard let value = nearestValue(colon) else { return best }
        let cost = rest.count + (isStart ? 3 : 2) + value.cost
        if isBetter(cost) { best = (cost, (isStart ? [UInt8(ascii: "\"")] : []) + rest, colon) }
        return best
    }

    private func label(
        _ object: GrammarTables.ObjectShape, from state: Int32, prefix: UInt32, after rest: [UInt8]
    ) -> Int32? {
        let automaton = tables.strings[Int(object.nameRule)].automaton
        var state = state
        var prefix = prefix
        for byte in rest {
            switch prefix == 0 ? CodePointPrefix.first(byte) : CodePointPrefix(bits: prefix).next(byte) {
            case .inside(let inside): prefix = inside.bits
            case .scalar(let scalar):
                prefix = 0
                state = automaton.next(state, scalar)
                if state < 0 { return nil }
            case .dead, .quote: return nil
            }
        }
        let label = tables.label(of: object, state)
        return label < 0 ? nil : label
    }

    /// The cheapest value of a property whose key is complete: bytes of it and of all that follows, and the element.
    private mutating func nearestValue(_ colon: Configuration) -> (cost: Int, element: Int32)? {
        let mark = mark
        defer { goBack(to: mark) }
        var best: (cost: Int, element: Int32)?
        for element in elements(colon) {
            guard let frame = frame(adding: colon.place, element, hash: colon.hash, to: colon.frame) else { continue }
            let cost = tables.values[Int(tables.elements[Int(element)].value)].shortest + tail(frame)
            if best.map({ cost < $0.cost }) ?? true { best = (cost, element) }
        }
        return best
    }

    private mutating func endProperty(_ colon: Configuration, to text: inout [UInt8]) {
        let mark = mark
        defer { goBack(to: mark) }
        guard let nearest = nearestValue(colon),
            let frame = frame(adding: colon.place, nearest.element, hash: colon.hash, to: colon.frame)
        else { return }
        tables.appendShortest(tables.elements[Int(nearest.element)].value, to: &text)
        appendTail(frame, current: 0, to: &text)
    }

    /// The configuration with the shortest ending, the first of several.
    mutating func nearest(_ range: Range<Int>) -> (index: Int, shortest: Int) {
        var best = (index: range.lowerBound, shortest: Int.max)
        for index in range {
            let shortest = shortest(configurations[index])
            if shortest < best.shortest { best = (index, shortest) }
        }
        return best
    }
}

extension StringRule {
    func shortest(_ string: Configuration) -> Int {
        string.prefix == 0
            ? shortest(string.state, count: Int(string.count))
            : shortest(string.state, count: Int(string.count), inside: CodePointPrefix(bits: string.prefix))
    }

    func appendShortest(_ string: Configuration, to bytes: inout [UInt8]) {
        if string.prefix == 0 {
            appendShortest(string.state, count: Int(string.count), to: &bytes)
        } else {
            appendShortest(
                string.state, count: Int(string.count), inside: CodePointPrefix(bits: string.prefix), to: &bytes)
        }
    }
}
