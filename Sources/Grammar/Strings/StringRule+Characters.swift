/// The same questions inside the bytes of a code point.
extension StringRule {
    /// Whether some completion of the code point leaves a member within reach.
    func isLive(_ state: Int32, count: Int, inside character: CodePointPrefix) -> Bool {
        for range in character.candidates {
            if isAlwaysLive(count: count + 1) {
                if automaton.hasTransition(from: state, into: range) { return true }
            } else if firstTarget(from: state, into: range, where: { isLive($0, count: count + 1) }) {
                return true
            }
        }
        return false
    }

    /// Fewest bytes to complete the code point and then a member; the state must be live.
    func shortest(_ state: Int32, count: Int, inside character: CodePointPrefix) -> Int {
        return cheapestCompletion(state, count: count, inside: character)?.bytes ?? 0
    }

    /// Appends such bytes.
    func appendShortest(_ state: Int32, count: Int, inside character: CodePointPrefix, to bytes: inout [UInt8]) {
        guard let best = cheapestCompletion(state, count: count, inside: character) else { return }
        bytes += character.remainingBytes(for: best.scalar)
        appendShortest(automaton.next(state, best.scalar), count: count + 1, to: &bytes)
    }

    private func isAlwaysLive(count: Int) -> Bool { count <= freeCount }

    private func cheapestCompletion(
        _ state: Int32, count: Int, inside character: CodePointPrefix
    ) -> (scalar: UInt32, bytes: Int)? {
        var best: (scalar: UInt32, bytes: Int)?
        func offer(_ scalar: UInt32) {
            let target = automaton.next(state, scalar)
            guard target >= 0, isLive(target, count: count + 1) else { return }
            let bytes = character.remainingCount(for: scalar) + shortest(target, count: count + 1)
            if bytes < best?.bytes ?? .max { best = (scalar, bytes) }
        }
        let classes = automaton.classes
        for range in character.candidates {
            if range.lowerBound < 0x80 {
                // Escapes differ in length, so all are looked at: at most 34.
                for scalar in range { offer(scalar) }
                continue
            }
            var run = classes.run(of: range.lowerBound)
            while run < classes.starts.count, classes.starts[run] <= range.upperBound {
                offer(max(classes.starts[run], range.lowerBound))
                run += 1
            }
        }
        return best
    }

    /// Whether some transition into `range` has a target that is right.
    private func firstTarget(from state: Int32, into range: ClosedRange<UInt32>, where isRight: (Int32) -> Bool) -> Bool
    {
        let classes = automaton.classes
        var run = classes.run(of: range.lowerBound)
        while run < classes.starts.count, classes.starts[run] <= range.upperBound {
            let target = automaton.transitions[Int(state) * classes.count + Int(classes.classes[run])]
            if target >= 0, isRight(target) { return true }
            run += 1
        }
        return false
    }
}
