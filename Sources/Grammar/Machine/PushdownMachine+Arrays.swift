extension PushdownMachine {
    /// Emits what an array may have after its bracket.
    mutating func open(array index: Int, in parent: Int32) {
        let array = tables.arrays[index]
        guard fits(array.depth, in: parent) else { return }
        var frame = Frame(
            shape: Int32(index), parent: parent, isArray: true, isUnique: array.isUnique,
            isHashed: array.isUnique || isHashed(parent), level: level(parent) + 1)
        frame.tail = tables.rest(of: array, frame.array, store) + tail(parent)
        frame.signature = signature(of: frame, elements: 0)
        let start = pushed(frame)
        if tables.isSatisfied(array, frame.array) { emit(Configuration(kind: .arrayOpen, frame: start)) }
        beginElements(after: start, hash: 0)
    }

    /// Emits all ways to begin the next element; `hash` is that of the element before.
    mutating func beginElements(after index: Int32, hash: UInt64) {
        let frame = frames[Int(index)]
        let array = tables.arrays[Int(frame.shape)]
        let isFirst = !frame.hasElements
        for element in tables.elements(of: array, at: frame.array.count) {
            let element = tables.elements[Int(element)]
            guard tables.canTake(element, in: array, frame.array),
                fits(tables.values[Int(element.value)].depth, in: index)
            else { continue }
            var next = frame
            next.array = tables.taking(element, in: array, frame.array)
            next.allowsSpace = !isFirst
            next.hasElements = true
            var elements = frame.list
            if frame.isHashed, !isFirst {
                next.hash = TextHash.mix(frame.hash, hash)
                if array.isUnique {
                    next.array.elements = append(.init(hash: hash, next: frame.array.elements))
                    elements = TextHash.mix(elements, hash)
                }
            }
            if array.isUnique, tables.freeText(of: element.value, next.array, store) == nil { continue }
            let rest = tables.rest(of: array, next.array, store)
            guard rest < GrammarTables.unreachable else { continue }
            next.tail = rest + tail(frame.parent)
            next.list = elements
            next.signature = signature(of: next, elements: elements)
            emit(Configuration(kind: .value, place: element.value, frame: pushed(next)))
        }
    }

    private func signature(of frame: Frame, elements: UInt64) -> UInt64 {
        var signature = TextHash.mix(self.signature(frame.parent), UInt64(truncatingIfNeeded: frame.shape) << 1)
        signature = TextHash.mix(
            signature, UInt64(UInt32(bitPattern: frame.array.count)) << 1 | (frame.allowsSpace ? 1 : 0))
        signature = TextHash.mix(signature, frame.array.met)
        if frame.isHashed { signature = TextHash.mix(TextHash.mix(signature, elements), frame.hash) }
        return signature
    }
}
