/// The language of a string as an automaton over code points, run over tries.
///
/// Walks are generic over it, so that its steps are inlined; a state is a small value, with a count of code points
/// where lengths matter.
protocol StringWalker: ~Copyable, ~Escapable {
    associatedtype State: BitwiseCopyable
    /// The state after `scalar`, or nil where no continuation is in the language.
    func step(_ state: State, _ scalar: UInt32) -> State?
    /// Whether `step` with some code point in `range`, which holds no surrogate, leads on.
    func canStep(_ state: State, into range: ClosedRange<UInt32>) -> Bool
    /// Whether a token may stop here: not every prefix of the language need have an ending within its budget.
    func canStop(_ state: State) -> Bool
    /// Whether a token may stop inside the code point after `state`; called where a step leads on.
    func canStop(_ state: State, inside prefix: CodePointPrefix) -> Bool
    /// Whether the string may end here.
    func canEnd(_ state: State) -> Bool
}

extension StringWalker where Self: ~Copyable, Self: ~Escapable {
    func canStop(_ state: State) -> Bool { true }
    func canStop(_ state: State, inside prefix: CodePointPrefix) -> Bool { true }
}

extension CodePointTrie {
    /// Calls `visit` with the payload of each node below the root that `walker` reaches from `start`.
    ///
    /// The payload is -1 where nothing ends: half of the nodes are so, a branch on it would be guessed wrong too often.
    /// The prefix is that of the code point after `state` which the node is inside of.
    /// Cost: some 3 ns for each node that is reached, and for each that is one step further.
    @inline(__always)
    func walk<Walker: StringWalker & ~Copyable & ~Escapable>(
        _ walker: borrowing Walker, from start: Walker.State,
        visit: (_ payload: Int32, _ state: Walker.State, _ prefix: CodePointPrefix?) -> Void
    ) {
        var states = InlineArray<256, Walker.State>(repeating: start)
        let nodes = nodes.span
        var index = 0
        while index < nodes.count {
            let node = nodes[index]
            if node.isWhole {
                guard let state = walker.step(states[Int(node.depth &- 1)], node.scalar) else {
                    index = Int(node.subtreeEnd)
                    continue
                }
                states[Int(node.depth)] = state
                visit(node.payload, state, nil)
            } else {
                let state = states[Int(node.depth)]
                guard node.prefix.containsRange(where: { walker.canStep(state, into: $0) }) else {
                    index = Int(node.subtreeEnd)
                    continue
                }
                visit(node.payload, state, node.prefix)
            }
            index &+= 1
        }
    }
}
