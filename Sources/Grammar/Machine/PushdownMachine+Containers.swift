/// Steps between the members of objects and the elements of arrays.
extension PushdownMachine {
    /// State of a `value` or `keyStart` after a separator.
    private var spaceState: UInt8 { program.options.whitespace == .none ? 0 : 1 }

    mutating func stepObject(_ current: Configuration, _ byte: UInt8) {
        switch current.kind {
        case .objectStart:
            let object = program.objects[Int(current.place)]
            if byte == UInt8(ascii: "\"") { return stepKeyStart(current, object) }
            if byte == UInt8(ascii: "}"), firstMember(object, 0).nextRequired == object.memberCount {
                emit(continuation(current.parent))
            }
        case .keyStart:
            if byte == UInt8(ascii: "\"") { return stepKeyStart(current, program.objects[Int(current.place)]) }
            if byte == UInt8(ascii: " "), current.state == 1 {
                var result = current
                result.state = 0
                emit(result)
            }
        case .key:
            let node = program.tries.child(of: current.place, byte)
            guard node >= 0 else { return }
            let member = bestKey(below: node, from: current.count, parent: current.parent)
            guard member >= 0 else { return }
            var result = current
            result.place = node
            if program.tries.nodes[Int(node)].childCount == 0 {
                result.kind = .afterKey
                result.place = program.tries.nodes[Int(node)].object
                result.count = member
            }
            emit(result)
        case .afterKey:
            guard byte == UInt8(ascii: ":") else { return }
            let object = program.objects[Int(current.place)]
            var after = current
            after.kind = .afterMember
            after.count += 1
            let shortest = firstMember(object, after.count).shortestFromSeparator
            let value = firstMember(object, current.count).value
            let frame = push(after, shortest: shortest)
            emit(Configuration(kind: .value, state: spaceState, place: value, parent: frame))
        case .afterMember:
            let object = program.objects[Int(current.place)]
            if byte == UInt8(ascii: "}"), firstMember(object, current.count).nextRequired == object.memberCount {
                emit(continuation(current.parent))
            } else if byte == UInt8(ascii: ","),
                bestKey(below: object.keys, from: current.count, parent: current.parent) >= 0
            {
                var result = current
                result.kind = .keyStart
                result.state = spaceState
                emit(result)
            }
        default: return
        }
    }

    private mutating func stepKeyStart(_ current: Configuration, _ object: GrammarProgram.ObjectRule) {
        guard bestKey(below: object.keys, from: current.count, parent: current.parent) >= 0 else { return }
        emit(Configuration(kind: .key, place: object.keys, count: current.count, parent: current.parent))
    }

    @inline(__always)
    func firstMember(_ object: GrammarProgram.ObjectRule, _ index: Int32) -> GrammarProgram.Member {
        program.members[Int(object.firstMember + index)]
    }

    /// The member with the shortest rest whose key passes through the trie node and may come next; -1 if there is none.
    func bestKey(below node: Int32, from first: Int32, parent: Int32) -> Int32 {
        let node = program.tries.nodes[Int(node)]
        let object = program.objects[Int(node.object)]
        let last = min(firstMember(object, first).nextRequired, object.memberCount - 1)
        let allFit = fits(object.memberDepth + 1, parent)
        var best: Int32 = -1
        var shortest = Int.max
        for index in Int(node.firstText)..<Int(node.firstText + node.textCount) {
            let text = program.tries.texts[index]
            if text < first { continue }
            if text > last { break }
            let member = firstMember(object, text)
            if member.shortestFromKey < shortest,
                allFit || fits(program.values[Int(member.value)].depth + 1, parent)
            {
                best = text
                shortest = member.shortestFromKey
            }
        }
        return best
    }

    mutating func stepArray(_ current: Configuration, _ byte: UInt8) {
        let array = program.arrays[Int(current.place)]
        if byte == UInt8(ascii: "]") {
            if current.count >= array.minimum { emit(continuation(current.parent)) }
            return
        }
        guard array.items >= 0, current.count < array.maximum,
            fits(program.values[Int(array.items)].depth + 1, current.parent)
        else { return }
        if current.kind == .afterElement, byte != UInt8(ascii: ",") { return }
        var after = current
        after.kind = .afterElement
        after.count += 1
        let frame = push(after, shortest: shortestFromElement(array, after.count))
        if current.kind == .afterElement {
            emit(Configuration(kind: .value, state: spaceState, place: array.items, parent: frame))
        } else {
            stepValue(Configuration(kind: .value, place: array.items, parent: frame), byte)
        }
    }

    /// Fewest bytes to close an array after `count` elements.
    @inline(__always)
    func shortestFromElement(_ array: GrammarProgram.ArrayRule, _ count: Int32) -> Int {
        guard count < array.minimum else { return 1 }
        return Int(array.minimum - count) * (program.values[Int(array.items)].shortest + 1) + 1
    }
}
