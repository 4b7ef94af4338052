/// A nondeterministic automaton with assertions on its edges (Thompson, "Regular expression search algorithm", 1968).
struct PatternProgram {
    struct Instruction {
        enum Kind {
            /// Takes a scalar of set `argument`.
            case set
            /// Goes on at `next` and at `other`.
            case split
            case assertion(PatternNode.Assertion)
            /// Goes on if the lookaround `argument` holds.
            case look
            case match
        }

        let kind: Kind
        let argument: Int32
        var next: Int32
        let other: Int32
    }

    var instructions: [Instruction] = []
    var start: Int32 = 0
    /// Whether the end or a boundary is asserted, or a lookbehind, so that what follows matters.
    var usesNext = false
}

/// A pattern within a pattern, which must hold at a place.
struct PatternLook {
    let program: PatternProgram
    let isAhead: Bool
    let isNegated: Bool
}

/// Translates the tree of a pattern, its end first.
struct PatternCompiler {
    static let maximumInstructionCount = 20_000
    /// Bounds the work that repetitions of nothing make.
    private static let maximumStepCount = 200_000

    /// Different sets of the whole pattern.
    private(set) var sets: [ScalarSet] = []
    /// Lookarounds, inner ones first.
    private(set) var looks: [PatternLook] = []
    /// Whether a word boundary is asserted, so that what a character is matters to its neighbours.
    private(set) var usesWords = false
    private var setNumbers: [ScalarSet: Int32] = [:]
    private var stepCount = 0
    /// What the place is within: a lookbehind cannot hold or be held by other lookarounds.
    private var isBehind = false
    private var isInsideLook = false

    mutating func compile(_ node: PatternNode) throws(StringAutomatonError) -> PatternProgram {
        var program = PatternProgram()
        let match = try add(.match, 0, next: 0, to: &program)
        program.start = try emit(node, then: match, into: &program)
        return program
    }

    private mutating func add(
        _ kind: PatternProgram.Instruction.Kind, _ argument: Int32, next: Int32, other: Int32 = 0,
        to program: inout PatternProgram
    ) throws(StringAutomatonError) -> Int32 {
        guard program.instructions.count < Self.maximumInstructionCount else { throw .tooManyStates }
        program.instructions.append(.init(kind: kind, argument: argument, next: next, other: other))
        return Int32(program.instructions.count - 1)
    }

    /// Adds what matches `node` and goes on at `next`; where it begins.
    private mutating func emit(
        _ node: PatternNode, then next: Int32, into program: inout PatternProgram
    ) throws(StringAutomatonError) -> Int32 {
        stepCount += 1
        guard stepCount <= Self.maximumStepCount else { throw .tooManyStates }
        switch node {
        case .empty: return next
        case .set(let set): return try add(.set, number(of: set), next: next, to: &program)
        case .concatenation(let terms):
            var next = next
            for term in terms.reversed() { next = try emit(term, then: next, into: &program) }
            return next
        case .alternation(let alternatives):
            var start: Int32?
            for alternative in alternatives.reversed() {
                let branch = try emit(alternative, then: next, into: &program)
                start = if let start { try add(.split, 0, next: branch, other: start, to: &program) } else { branch }
            }
            return start ?? next
        case .repetition(let body, let minimum, let maximum):
            return try emit(body, from: minimum, to: maximum, then: next, into: &program)
        case .assertion(let assertion):
            switch assertion {
            case .start: break
            case .end: program.usesNext = true
            case .wordBoundary, .noWordBoundary:
                program.usesNext = true
                usesWords = true
                _ = number(of: .wordCharacters)
            }
            return try add(.assertion(assertion), 0, next: next, to: &program)
        case .look(let body, let isAhead, let isNegated):
            return try emit(look: body, isAhead: isAhead, isNegated: isNegated, then: next, into: &program)
        }
    }

    private mutating func emit(
        _ body: PatternNode, from minimum: Int, to maximum: Int?, then next: Int32, into program: inout PatternProgram
    ) throws(StringAutomatonError) -> Int32 {
        var start = next
        if let maximum {
            for _ in minimum..<maximum {
                let copy = try emit(body, then: start, into: &program)
                start = try add(.split, 0, next: copy, other: next, to: &program)
            }
        } else {
            let loop = try add(.split, 0, next: 0, other: next, to: &program)
            program.instructions[Int(loop)].next = try emit(body, then: loop, into: &program)
            start = loop
        }
        for _ in 0..<minimum { start = try emit(body, then: start, into: &program) }
        return start
    }

    private mutating func emit(
        look body: PatternNode, isAhead: Bool, isNegated: Bool, then next: Int32, into program: inout PatternProgram
    ) throws(StringAutomatonError) -> Int32 {
        guard !isBehind, isAhead || !isInsideLook else {
            throw StringAutomatonError(
                reason: "has a lookbehind in or around another lookaround, which is not supported")
        }
        let outer = isInsideLook
        (isBehind, isInsideLook) = (!isAhead, true)
        let inner = try compile(body)
        (isBehind, isInsideLook) = (false, outer)
        looks.append(PatternLook(program: inner, isAhead: isAhead, isNegated: isNegated))
        if !isAhead { program.usesNext = true }
        return try add(.look, Int32(looks.count - 1), next: next, to: &program)
    }

    private mutating func number(of set: ScalarSet) -> Int32 {
        if let number = setNumbers[set] { return number }
        let number = Int32(sets.count)
        setNumbers[set] = number
        sets.append(set)
        return number
    }
}
