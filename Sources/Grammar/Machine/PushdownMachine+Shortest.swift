extension PushdownMachine {
    /// Fewest bytes from `configuration` to the end of the text.
    func shortest(_ configuration: Configuration) -> Int {
        let place = Int(configuration.place)
        let inside: Int
        switch configuration.kind {
        case .done: return 0
        case .string:
            let rule = program.strings[place]
            let isPartial = configuration.state != StringAutomaton.boundary
            let missing = Int(rule.minimum) - Int(configuration.count) - (isPartial ? 1 : 0)
            inside = StringAutomaton.remaining[Int(configuration.state)] + max(0, missing) + 1
        case .number: inside = NumberState.isComplete(configuration.state) ? 0 : 1
        case .literal: inside = Int(program.tries.nodes[place].shortest)
        case .value: inside = program.values[place].shortest
        case .objectStart:
            let object = program.objects[place]
            let member = firstMember(object, 0)
            // No comma comes before the first member.
            inside = member.shortestFromSeparator - (member.nextRequired < object.memberCount ? 1 : 0)
        case .keyStart: inside = 1 + shortestKey(program.objects[place].keys, configuration)
        case .key: inside = shortestKey(configuration.place, configuration)
        case .afterKey:
            let object = program.objects[place]
            let value = program.values[Int(firstMember(object, configuration.count).value)]
            inside = 1 + value.shortest + firstMember(object, configuration.count + 1).shortestFromSeparator
        case .afterMember: inside = firstMember(program.objects[place], configuration.count).shortestFromSeparator
        case .arrayStart:
            let array = program.arrays[place]
            inside = shortestFromElement(array, 0) - (array.minimum > 0 ? 1 : 0)
        case .afterElement: inside = shortestFromElement(program.arrays[place], configuration.count)
        }
        return inside + tail(configuration.parent)
    }

    private func shortestKey(_ node: Int32, _ configuration: Configuration) -> Int {
        let trieNode = program.tries.nodes[Int(node)]
        let member = bestKey(below: node, from: configuration.count, parent: configuration.parent)
        guard member >= 0 else { return 1 << 40 }
        return firstMember(program.objects[Int(trieNode.object)], member).shortestFromKey - Int(trieNode.depth)
    }

    /// Index of the configuration with the shortest end, the first if there are several. `range` is not empty.
    func nearest(_ range: Range<Int>) -> Int {
        var best = range.lowerBound
        if range.count > 1 {
            var length = Int.max
            for index in range {
                let candidate = shortest(configurations[index])
                if candidate < length { (best, length) = (index, candidate) }
            }
        }
        return best
    }

    /// The first byte of the shortest end of `configuration`; nil if the text is complete.
    ///
    /// Ties are broken so that the shortest end after this byte is the rest of the shortest end before it.
    func canonicalByte(_ configuration: Configuration) -> UInt8? {
        var current = configuration
        while true {
            let place = Int(current.place)
            switch current.kind {
            case .done: return nil
            case .string:
                let isLong = current.count >= program.strings[place].minimum
                let isFull = current.state == StringAutomaton.boundary && isLong
                return isFull ? UInt8(ascii: "\"") : StringAutomaton.canonicalBytes[Int(current.state)]
            case .number:
                guard NumberState.isComplete(current.state) else { return UInt8(ascii: "0") }
                current = continuation(current.parent)
            case .literal:
                guard program.tries.nodes[place].shortest == 0 else {
                    return program.tries.canonicalByte(of: current.place)
                }
                current = continuation(current.parent)
            case .value: return program.values[place].firstByte
            case .objectStart, .afterMember:
                let object = program.objects[place]
                let isComplete = firstMember(object, current.count).nextRequired == object.memberCount
                if isComplete { return UInt8(ascii: "}") }
                return current.kind == .objectStart ? UInt8(ascii: "\"") : UInt8(ascii: ",")
            case .keyStart: return UInt8(ascii: "\"")
            case .key:
                let object = program.objects[Int(program.tries.nodes[place].object)]
                let member = bestKey(below: current.place, from: current.count, parent: current.parent)
                let range = program.tries.nodes[place]
                for child in program.tries.children[Int(range.firstChild)..<Int(range.firstChild + range.childCount)] {
                    let below = bestKey(below: child.node, from: current.count, parent: current.parent)
                    if below == member, firstMember(object, member).value >= 0 { return child.byte }
                }
                return UInt8(ascii: "\"")
            case .afterKey: return UInt8(ascii: ":")
            case .arrayStart:
                let array = program.arrays[place]
                return array.minimum == 0 ? UInt8(ascii: "]") : program.values[Int(array.items)].firstByte
            case .afterElement:
                return UInt8(ascii: current.count >= program.arrays[place].minimum ? "]" : ",")
            }
        }
    }

    /// The shortest end of the text from the configurations at hand.
    func shortestEnd() -> [UInt8] {
        var machine = self
        guard machine.configurationCount > 0 else { return [] }
        var current = machine.configurations[machine.nearest(0..<machine.configurationCount)]
        var end: [UInt8] = []
        while let byte = machine.canonicalByte(current) {
            end.append(byte)
            machine.configurationCount = 0
            machine.step(current, byte)
            guard machine.configurationCount > 0 else { return end }
            current = machine.configurations[machine.nearest(0..<machine.configurationCount)]
        }
        return end
    }
}
