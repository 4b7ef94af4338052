extension PushdownMachine {
    /// Emits the configurations after a byte.
    mutating func step(_ configuration: Configuration, _ byte: UInt8) {
        switch configuration.kind {
        case .value:
            if byte == UInt8(ascii: " ") {
                guard configuration.state == 0, configuration.frame >= 0, frames[Int(configuration.frame)].allowsSpace,
                    tables.options.whitespace == .singleSpace
                else { return }
                var next = configuration
                next.state = 1
                emit(next)
            } else {
                begin(configuration.place, byte, in: configuration.frame)
            }
        case .literal: stepLiteral(configuration, byte)
        case .number: stepNumber(configuration, byte)
        case .string: stepString(configuration, byte)
        case .plain: stepPlain(configuration, byte)
        case .objectOpen:
            if byte == UInt8(ascii: "}") {
                close(configuration.frame)
            } else if byte == UInt8(ascii: "\"") {
                beginKey(configuration.frame)
            }
        case .keyStart:
            if byte == UInt8(ascii: "\"") {
                beginKey(configuration.frame)
            } else if byte == UInt8(ascii: " "), configuration.state == 0, tables.options.whitespace == .singleSpace {
                var next = configuration
                next.state = 1
                emit(next)
            }
        case .key: stepKey(configuration, byte)
        case .colon: if byte == UInt8(ascii: ":") { beginProperty(configuration) }
        case .arrayOpen: if byte == UInt8(ascii: "]") { close(configuration.frame) }
        case .after: stepAfter(configuration, byte)
        case .done: return
        }
    }

    /// Emits what a value may be after its first byte.
    private mutating func begin(_ index: Int32, _ byte: UInt8, in frame: Int32) {
        let value = tables.values[Int(index)]
        if value.literals >= 0 {
            let node = tables.tries.child(of: value.literals, byte)
            if node >= 0 { emitLiteral(node, in: frame) }
        }
        switch byte {
        case UInt8(ascii: "\""):
            var hash = TextHash()
            hash.add(byte)
            for rule in value.strings {
                emitString(
                    Configuration(
                        kind: .string, place: Int32(tables.rule(rule)), frame: frame,
                        hash: isHashed(frame) ? hash.value : 0))
            }
        case UInt8(ascii: "{"): for rule in value.objects { open(object: tables.rule(rule), in: frame) }
        case UInt8(ascii: "["): for rule in value.arrays { open(array: tables.rule(rule), in: frame) }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            for rule in value.numbers {
                stepNumber(
                    Configuration(
                        kind: .number, place: Int32(tables.rule(rule)), state: NumberRule.start, frame: frame,
                        hash: isHashed(frame) ? TextHash().value : 0), byte)
            }
        default: return
        }
    }

    // Constants.

    private mutating func stepLiteral(_ configuration: Configuration, _ byte: UInt8) {
        let child = tables.tries.child(of: configuration.place, byte)
        if child >= 0 { emitLiteral(child, in: configuration.frame) }
        guard isEndOfScalar(byte) else { return }
        let text = tables.tries.nodes[Int(configuration.place)].text
        // A number among the constants ends with what follows it.
        if text >= 0 { finish(configuration.frame, hash: tables.tries.texts[Int(text)].hash, byte) }
    }

    private mutating func emitLiteral(_ node: Int32, in frame: Int32) {
        if isUniqueArray(frame), freeText(below: node, in: frame) == nil { return }
        let entry = tables.tries.nodes[Int(node)]
        if entry.text >= 0, entry.textCount == 1 {
            finish(frame, hash: tables.tries.texts[Int(entry.text)].hash)
        } else {
            emit(Configuration(kind: .literal, place: node, frame: frame))
        }
    }

    /// The nearest constant below a node that is no element of the array yet.
    func freeText(below node: Int32, in frame: Int32) -> Int? {
        let head = frames[Int(frame)].array.elements
        var best: Int?
        for text in tables.tries.texts(below: node) where !store.contains(tables.tries.texts[text].hash, from: head) {
            if best.map({ tables.tries.texts[text].length < tables.tries.texts[$0].length }) ?? true { best = text }
        }
        return best
    }

    // Numbers.

    private func isEndOfScalar(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }

    private mutating func stepNumber(_ configuration: Configuration, _ byte: UInt8) {
        if isEndOfScalar(byte) {
            guard tables.numbers[Int(configuration.place)].canEnd(configuration.state) else { return }
            finish(configuration.frame, hash: configuration.hash, byte)
            return
        }
        guard
            let (state, count) = tables.numbers[Int(configuration.place)].step(
                configuration.state, count: configuration.count, byte)
        else { return }
        var next = configuration
        next.state = state
        next.count = count
        if configuration.hash != 0 {
            var hash = TextHash(configuration.hash)
            hash.add(byte)
            next.hash = hash.value
            guard !isUniqueArray(next.frame) || hasFreeNumber(next) else { return }
        }
        emit(next)
    }

    @inline(__always)
    func isUniqueArray(_ frame: Int32) -> Bool { frame >= 0 && frames[Int(frame)].isUnique }

    private func hasFreeNumber(_ number: Configuration) -> Bool {
        let head = frames[Int(number.frame)].array.elements
        if head < 0 { return true }
        let taken = store.count(from: head)
        let rule = tables.numbers[Int(number.place)]
        if rule.wordCount(number.state, count: number.count, limit: taken + 1) > taken { return true }
        return freeNumber(number) != nil
    }

    /// The shortest rest of a number that makes it no element of the array yet.
    func freeNumber(_ number: Configuration) -> [UInt8]? {
        let head = frames[Int(number.frame)].array.elements
        func isFree(_ word: [UInt8]) -> Bool { !store.contains(Self.hash(of: word, after: number.hash), from: head) }
        let rule = tables.numbers[Int(number.place)]
        var nearest: [UInt8] = []
        rule.appendShortest(number.state, to: &nearest)
        if isFree(nearest) { return nearest }
        return rule.words(number.state, count: number.count, limit: store.count(from: head) + 1).first(where: isFree)
    }

    static func hash(of bytes: [UInt8], after hash: UInt64) -> UInt64 {
        var hash = TextHash(hash)
        for byte in bytes { hash.add(byte) }
        return hash.value
    }

    // Strings.

    private mutating func stepString(_ configuration: Configuration, _ byte: UInt8) {
        var next = configuration
        if configuration.hash != 0 {
            var hash = TextHash(configuration.hash)
            hash.add(byte)
            next.hash = hash.value
        }
        let prefix = configuration.prefix
        switch prefix == 0 ? CodePointPrefix.first(byte) : CodePointPrefix(bits: prefix).next(byte) {
        case .dead: return
        case .quote:
            let rule = tables.strings[Int(configuration.place)]
            guard rule.canEnd(configuration.state, count: Int(configuration.count)) else { return }
            finish(configuration.frame, hash: next.hash)
        case .inside(let inside):
            guard
                tables.strings[Int(next.place)].isLive(
                    next.state, count: Int(next.count), inside: inside)
            else { return }
            next.prefix = inside.bits
            if isUniqueArray(next.frame), !hasFreeString(next) { return }
            emit(next)
        case .scalar(let scalar):
            next.prefix = 0
            next.state = tables.strings[Int(next.place)].automaton.next(next.state, scalar)
            guard next.state >= 0 else { return }
            next.count = Int32(clamping: tables.strings[Int(next.place)].normalized(Int(next.count) + 1))
            emitString(next)
        }
    }

    /// In a text that is no JSON nothing but its end can follow, and that takes no byte.
    private mutating func stepPlain(_ configuration: Configuration, _ byte: UInt8) {
        let rule = tables.strings[Int(configuration.place)]
        var next = configuration
        let prefix = configuration.prefix
        switch prefix == 0 ? StringSpelling.plain.first(byte) : CodePointPrefix(bits: prefix).next(byte) {
        case .dead, .quote: return
        case .inside(let inside):
            guard rule.isLive(next.state, count: Int(next.count), inside: inside) else { return }
            next.prefix = inside.bits
        case .scalar(let scalar):
            next.prefix = 0
            next.state = rule.automaton.next(next.state, scalar)
            guard next.state >= 0 else { return }
            next.count = Int32(clamping: rule.normalized(Int(next.count) + 1))
            guard rule.isLive(next.state, count: Int(next.count)) else { return }
        }
        emit(next)
    }

    private mutating func emitString(_ string: Configuration) {
        guard tables.strings[Int(string.place)].isLive(string.state, count: Int(string.count)) else { return }
        if isUniqueArray(string.frame), !hasFreeString(string) { return }
        emit(string)
    }

    /// Whether a string can become one that is no element of the array yet.
    func hasFreeString(_ string: Configuration) -> Bool {
        let head = frames[Int(string.frame)].array.elements
        if head < 0 || string.prefix != 0 { return true }
        return tables.strings[Int(string.place)].hasMoreWords(
            than: store.count(from: head), from: string.state, count: Int(string.count),
            program.states(of: string.place)) || freeString(string) != nil
    }

    /// Whether so many strings can still come of a state that an array will hardly have them all.
    func hasManyStrings(_ string: Configuration) -> Bool {
        tables.strings[Int(string.place)].hasMoreWords(
            than: StringStates.manyWords - 1, from: string.state, count: Int(string.count),
            program.states(of: string.place))
    }

    /// The shortest rest of a string, without its quote, that makes it no element of the array yet.
    func freeString(_ string: Configuration) -> [UInt8]? {
        let head = frames[Int(string.frame)].array.elements
        let rule = tables.strings[Int(string.place)]
        if string.prefix != 0 {
            var rest: [UInt8] = []
            rule.appendShortest(
                string.state, count: Int(string.count), inside: CodePointPrefix(bits: string.prefix), to: &rest)
            return rest
        }
        func isFree(_ word: [UInt8]) -> Bool {
            !store.contains(Self.hash(of: word + [UInt8(ascii: "\"")], after: string.hash), from: head)
        }
        var nearest: [UInt8] = []
        rule.appendShortest(string.state, count: Int(string.count), to: &nearest)
        if isFree(nearest) { return nearest }
        return rule.shortestWords(string.state, count: Int(string.count), limit: store.count(from: head) + 1)
            .first(where: isFree)
    }
}
