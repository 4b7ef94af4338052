// What a matcher asks of the machine as a whole.
extension PushdownMachine {
    /// Whether the text so far is a whole value.
    var isComplete: Bool {
        (0..<configurationCount).contains { index in
            let configuration = configurations[index]
            guard configuration.frame < 0 else { return false }
            return switch configuration.kind {
            case .done: true
            case .number: tables.numbers[Int(configuration.place)].canEnd(configuration.state)
            case .literal: tables.tries.nodes[Int(configuration.place)].text >= 0
            case .plain:
                configuration.prefix == 0
                    && tables.strings[Int(configuration.place)].canEnd(
                        configuration.state, count: Int(configuration.count))
            default: false
            }
        }
    }

    /// Takes bytes; false, and nothing has changed, if they cannot follow.
    mutating func accept(_ bytes: some Collection<UInt8>) -> Bool {
        let before = configurationCount
        let mark = mark
        var start = 0
        for byte in bytes {
            let end = configurationCount
            stepAll(start..<end, byte)
            guard configurationCount > end else {
                configurationCount = before
                goBack(to: mark)
                return false
            }
            start = end
        }
        keep(from: start)
        bringNearestForward()
        if needsCompaction { compact() }
        return true
    }

    /// Bytes of the shortest ending.
    mutating func shortest() -> Int { isComplete ? 0 : nearest(0..<configurationCount).shortest }

    mutating func ending() -> [UInt8] {
        guard !isComplete, configurationCount > 0 else { return [] }
        var text: [UInt8] = []
        appendEnding(configurations[nearest(0..<configurationCount).index], to: &text)
        return text
    }

    /// The byte that must come next; nil if the text may end, or more than one can follow.
    mutating func onlyNextByte() -> UInt8? {
        guard configurationCount > 0, !isComplete else { return nil }
        var only: UInt8?
        let end = configurationCount
        let mark = mark
        defer {
            configurationCount = end
            goBack(to: mark)
        }
        for byte in UInt8.min...UInt8.max {
            stepAll(0..<end, byte)
            guard configurationCount > end else { continue }
            configurationCount = end
            goBack(to: mark)
            if only != nil { return nil }
            only = byte
        }
        return only
    }

    /// The count of a configuration; all counts of a string that is long enough, and far from too long for every token,
    /// are one.
    private func countThatMatters(_ configuration: Configuration) -> Int32 {
        guard configuration.kind == .string || configuration.kind == .plain else { return configuration.count }
        let rule = tables.strings[Int(configuration.place)]
        let count = Int(configuration.count)
        guard count >= rule.minimum, rule.freeCount == .max || count + TokenTrie.maximumDepth < rule.freeCount else {
            return configuration.count
        }
        return -1
    }

    /// States with the same signature allow the same tokens.
    var signature: MaskCache.Key {
        var low: UInt64 = 0x5167_4E41_7455_5245
        var high: UInt64 = 0x6D61_736B_6B65_7921
        for index in 0..<configurationCount {
            let configuration = configurations[index]
            let frame = signature(configuration.frame)
            let place =
                UInt64(UInt32(bitPattern: configuration.place)) << 32 | UInt64(UInt32(bitPattern: configuration.state))
            let count =
                UInt64(UInt32(bitPattern: countThatMatters(configuration))) << 32 | UInt64(configuration.prefix) << 8
                | UInt64(configuration.kind.rawValue)
            for part in [place, count, frame, configuration.hash] {
                low = TextHash.mix(low, part)
                high = TextHash.mix(part, high)
            }
        }
        return MaskCache.Key(low: low, high: high)
    }
}
