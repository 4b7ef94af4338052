/// Runs configurations of a grammar over bytes.
///
/// Configurations and frames live in flat buffers with counts of their own, so that a walk over a trie can step back by
/// lowering the counts.
struct PushdownMachine: Sendable {
    /// More readings of one text than this are cut down. What is lost is some of the texts of an extremely ambiguous
    /// `anyOf`; what remains is valid, and the shortest ending is kept.
    static let maximumConfigurations = 64

    let program: GrammarProgram
    private(set) var configurations: [Configuration] = []
    var configurationCount = 0
    private(set) var frames: [Frame] = []
    var frameCount = 0

    init(program: GrammarProgram) {
        self.program = program
        emit(Configuration(kind: .value, place: 0))
    }

    // MARK: Buffers

    @inline(__always)
    mutating func emit(_ configuration: Configuration) {
        if configurationCount < configurations.count {
            configurations[configurationCount] = configuration
        } else {
            configurations.append(configuration)
        }
        configurationCount += 1
    }

    @inline(__always)
    mutating func push(_ continuation: Configuration, shortest: Int) -> Int32 {
        let parent = continuation.parent
        let frame = Frame(
            continuation: continuation, depth: level(parent) + 1, shortest: shortest + tail(parent))
        if frameCount < frames.count { frames[frameCount] = frame } else { frames.append(frame) }
        frameCount += 1
        return Int32(frameCount - 1)
    }

    /// Arrays and objects open around a value with this parent.
    @inline(__always)
    func level(_ parent: Int32) -> Int32 { parent < 0 ? 0 : frames[Int(parent)].depth }

    /// Fewest bytes from the end of a value with this parent to the end of the text.
    @inline(__always)
    func tail(_ parent: Int32) -> Int { parent < 0 ? 0 : frames[Int(parent)].shortest }

    /// What a complete value with this parent goes on as.
    @inline(__always)
    func continuation(_ parent: Int32) -> Configuration {
        parent < 0 ? Configuration(kind: .done) : frames[Int(parent)].continuation
    }

    /// Replaces the configurations by those from `start` on, in order.
    mutating func keepConfigurations(from start: Int) {
        configurations.removeSubrange(configurationCount...)
        configurations.removeSubrange(..<start)
        configurationCount = configurations.count
        // Frames refer to older ones only, so that all after the newest in use are free.
        frameCount = Int((configurations.map(\.parent).max() ?? -1) + 1)
    }

    /// Drops duplicates, and all above the maximum, from the configurations that begin at `start`.
    mutating func prune(from start: Int) {
        var kept = start
        for index in start..<configurationCount {
            let candidate = configurations[index]
            var isNew = true
            for other in start..<kept where configurations[other] == candidate {
                isNew = false
                break
            }
            if isNew {
                configurations[kept] = candidate
                kept += 1
            }
        }
        configurationCount = kept
        if kept - start > Self.maximumConfigurations {
            let best = nearest(start..<kept)
            configurationCount = start + Self.maximumConfigurations
            if best >= configurationCount { configurations[configurationCount - 1] = configurations[best] }
        }
    }

    // MARK: Steps

    /// Emits what `start` goes on as after `byte`: nothing, one configuration, or several.
    mutating func step(_ start: Configuration, _ byte: UInt8) {
        var current = start
        while true {
            switch current.kind {
            case .done: return
            case .string: return stepString(current, byte)
            case .number:
                if stepNumber(current, byte) || !NumberState.isComplete(current.state) { return }
                current = continuation(current.parent)
            case .literal:
                let node = program.tries.child(of: current.place, byte)
                if node >= 0 { return emitLiteral(node, parent: current.parent) }
                guard program.tries.nodes[Int(current.place)].shortest == 0 else { return }
                current = continuation(current.parent)
            case .value: return stepValue(current, byte)
            case .objectStart, .keyStart, .key, .afterKey, .afterMember: return stepObject(current, byte)
            case .arrayStart, .afterElement: return stepArray(current, byte)
            }
        }
    }

    @inline(__always)
    private mutating func stepString(_ current: Configuration, _ byte: UInt8) {
        let next = StringAutomaton.transitions[Int(current.state) << 8 | Int(byte)]
        if next == StringAutomaton.dead { return }
        let rule = program.strings[Int(current.place)]
        if next == StringAutomaton.end {
            if current.count >= rule.minimum { emit(continuation(current.parent)) }
            return
        }
        if current.state == StringAutomaton.boundary, current.count >= rule.maximum { return }
        var result = current
        result.state = next
        if next == StringAutomaton.boundary { result.count += 1 }
        emit(result)
    }

    /// Emits the number one byte longer; false if `byte` cannot continue it.
    private mutating func stepNumber(_ current: Configuration, _ byte: UInt8) -> Bool {
        let options = program.options
        let isDigit = byte &- UInt8(ascii: "0") < 10
        var result = current
        result.count += 1
        switch current.state {
        case NumberState.minus where isDigit:
            result.state = byte == UInt8(ascii: "0") ? NumberState.zero : NumberState.integer
            result.count = 1
        case NumberState.integer where isDigit:
            guard current.count < options.maximumIntegerDigits else { return false }
        case NumberState.point where isDigit: result.state = NumberState.fraction
        case NumberState.fraction where isDigit:
            guard current.count < options.maximumFractionDigits else { return false }
        case NumberState.exponent where isDigit, NumberState.exponentSign where isDigit:
            result.state = NumberState.exponentDigits
            result.count = 1
        case NumberState.exponentDigits where isDigit:
            guard current.count < options.maximumExponentDigits else { return false }
        case NumberState.zero, NumberState.integer, NumberState.fraction:
            guard current.place == 0 else { return false }
            result.count = 0
            if byte == UInt8(ascii: "."), current.state != NumberState.fraction, options.maximumFractionDigits > 0 {
                result.state = NumberState.point
            } else if byte | 0x20 == UInt8(ascii: "e"), options.maximumExponentDigits > 0 {
                result.state = NumberState.exponent
            } else {
                return false
            }
        case NumberState.exponent where byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"):
            result.state = NumberState.exponentSign
        default: return false
        }
        emit(result)
        return true
    }

    private mutating func emitLiteral(_ node: Int32, parent: Int32) {
        let isLeaf = program.tries.nodes[Int(node)].childCount == 0
        emit(isLeaf ? continuation(parent) : Configuration(kind: .literal, place: node, parent: parent))
    }

    mutating func stepValue(_ current: Configuration, _ byte: UInt8) {
        let parent = current.parent
        if byte == UInt8(ascii: " ") {
            if current.state == 1 { emit(Configuration(kind: .value, place: current.place, parent: parent)) }
            return
        }
        let value = program.values[Int(current.place)]
        if value.literals >= 0 {
            let node = program.tries.child(of: value.literals, byte)
            if node >= 0 { emitLiteral(node, parent: parent) }
        }
        switch byte {
        case UInt8(ascii: "\""):
            for index in value.strings {
                emit(Configuration(kind: .string, place: program.stringAlternatives[Int(index)], parent: parent))
            }
        case UInt8(ascii: "{"):
            for index in value.objects {
                let object = program.objectAlternatives[Int(index)]
                if fits(program.objects[Int(object)].depth, parent) {
                    emit(Configuration(kind: .objectStart, place: object, parent: parent))
                }
            }
        case UInt8(ascii: "["):
            for index in value.arrays {
                let array = program.arrayAlternatives[Int(index)]
                if fits(program.arrays[Int(array)].depth, parent) {
                    emit(Configuration(kind: .arrayStart, place: array, parent: parent))
                }
            }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            guard value.number != .none else { return }
            var state = NumberState.integer
            if byte == UInt8(ascii: "-") { state = NumberState.minus }
            if byte == UInt8(ascii: "0") { state = NumberState.zero }
            emit(
                Configuration(
                    kind: .number, state: state, place: value.number == .integer ? 1 : 0, count: 1, parent: parent))
        default: return
        }
    }

    /// Whether a value whose shortest text nests `depth` levels may stand inside `parent`.
    @inline(__always)
    func fits(_ depth: Int, _ parent: Int32) -> Bool { Int(level(parent)) + depth <= program.options.maximumDepth }
}
