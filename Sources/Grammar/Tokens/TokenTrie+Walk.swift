/// An automaton over bytes that is run over a trie. Walks are generic over it, so that its steps are inlined.
protocol ByteWalker: ~Copyable, ~Escapable {
    associatedtype State: BitwiseCopyable
    /// The state after `byte`, or nil where no continuation is allowed.
    func step(_ state: State, _ byte: UInt8) -> State?
    /// Whether a token may stop here: not every prefix of an allowed text need be within its budget.
    func canStop(_ state: State) -> Bool
}

extension ByteWalker where Self: ~Copyable, Self: ~Escapable {
    func canStop(_ state: State) -> Bool { true }
}

extension TokenTrie {
    /// Adds to `mask` the tokens that `walker` allows from `start` on.
    ///
    /// Cost: one step for each prefix that is alive, and for each that is one byte longer.
    func walk<Walker: ByteWalker & ~Copyable & ~Escapable>(
        _ walker: borrowing Walker, from start: Walker.State, into mask: inout TokenMask
    ) {
        var states = InlineArray<256, Walker.State>(repeating: start)
        let nodes = nodes.span
        var words = mask.words.mutableSpan
        var index = 0
        while index < nodes.count {
            let node = nodes[index]
            guard let state = walker.step(states[Int(node.depth &- 1)], node.byte) else {
                index = Int(node.subtreeEnd)
                continue
            }
            states[Int(node.depth)] = state
            words.insert(node.token, if: walker.canStop(state))
            index &+= 1
        }
    }
}
