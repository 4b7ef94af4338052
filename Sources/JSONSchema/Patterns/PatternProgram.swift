/// A nondeterministic automaton (Thompson's construction) that reads text forwards or backwards.
struct PatternProgram {
    enum Instruction {
        /// Takes one code point of the set with this index, then goes on with the next instruction.
        case take(Int)
        case split(Int, Int)
        case jump(Int)
        case assertion(PatternAssertion)
        /// Goes on where the table of the lookaround with this index says the same as `expected`.
        case look(Int, expected: Bool)
        case match
    }

    var instructions: [Instruction] = []
    var sets: [CodePointSet] = []
    let isBackward: Bool
    /// Whether a match can only begin at the start of the text.
    var isAnchored = false
}

/// Compiles a tree; lookarounds become programs of their own, inner ones first.
struct PatternCompiler {
    /// Bounds the memory of a pattern, and with the length of the text the time of a match.
    static let maximumInstructions = 50_000

    private(set) var lookarounds: [PatternProgram] = []
    private var instructionCount = 0

    mutating func compile(_ node: PatternNode, backward: Bool) throws(PatternError) -> PatternProgram {
        var program = PatternProgram(isBackward: backward)
        try emit(node, &program)
        try append(.match, &program)
        program.isAnchored = !backward && Self.isAnchored(node)
        return program
    }

    private static func isAnchored(_ node: PatternNode) -> Bool {
        switch node {
        case .assertion(.start): true
        case .concatenation(let nodes): nodes.first.map(isAnchored) ?? false
        case .alternation(let nodes): nodes.allSatisfy(isAnchored)
        default: false
        }
    }

    private mutating func append(
        _ instruction: PatternProgram.Instruction, _ program: inout PatternProgram
    ) throws(PatternError) {
        instructionCount += 1
        guard instructionCount <= Self.maximumInstructions else {
            throw PatternError(
                message: "takes more than \(Self.maximumInstructions) states: use smaller counts in its braces")
        }
        program.instructions.append(instruction)
    }

    private mutating func emit(_ node: PatternNode, _ program: inout PatternProgram) throws(PatternError) {
        switch node {
        case .empty: break
        case .set(let set):
            program.sets.append(set)
            try append(.take(program.sets.count - 1), &program)
        case .concatenation(let nodes):
            for node in program.isBackward ? nodes.reversed() : nodes { try emit(node, &program) }
        case .alternation(let nodes): try emit(alternatives: nodes, &program)
        case .repetition(let node, let minimum, let maximum): try emit(node, minimum, maximum, &program)
        case .assertion(let assertion): try append(.assertion(assertion), &program)
        case .lookaround(let body, let isAhead, let isNegated):
            // What lies ahead of a place is known for all places at once by reading backwards, and vice versa.
            let inner = try compile(body, backward: isAhead)
            lookarounds.append(inner)
            try append(.look(lookarounds.count - 1, expected: !isNegated), &program)
        case .backreference(let text):
            throw PatternError(message: "refers back to a group with \(text), which is not supported")
        }
    }

    private mutating func emit(
        alternatives: [PatternNode], _ program: inout PatternProgram
    ) throws(PatternError) {
        var exits: [Int] = []
        for (position, node) in alternatives.enumerated() {
            guard position < alternatives.count - 1 else {
                try emit(node, &program)
                break
            }
            let split = program.instructions.count
            try append(.split(split + 1, 0), &program)
            try emit(node, &program)
            exits.append(program.instructions.count)
            try append(.jump(0), &program)
            program.instructions[split] = .split(split + 1, program.instructions.count)
        }
        for exit in exits { program.instructions[exit] = .jump(program.instructions.count) }
    }

    private mutating func emit(
        _ node: PatternNode, _ minimum: Int, _ maximum: Int?, _ program: inout PatternProgram
    ) throws(PatternError) {
        // Without this, large counts of nothing would escape the bound on instructions.
        if node.isTrivial { return }
        for _ in 0..<minimum { try emit(node, &program) }
        guard let maximum else {
            let split = program.instructions.count
            try append(.split(split + 1, 0), &program)
            try emit(node, &program)
            try append(.jump(split), &program)
            program.instructions[split] = .split(split + 1, program.instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in minimum..<maximum {
            splits.append(program.instructions.count)
            try append(.split(program.instructions.count + 1, 0), &program)
            try emit(node, &program)
        }
        for split in splits { program.instructions[split] = .split(split + 1, program.instructions.count) }
    }
}
