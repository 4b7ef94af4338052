import JSONSchema

/// Computes shortest texts by fixpoint, drops what has no finite text, and lays out the program.
struct ProgramBuilder {
    /// Stands for "no finite text"; far from overflow when added to.
    private static let infinite = 1 << 40
    private static let maximumTrieNodes = 1 << 23

    private let compiler: GrammarCompiler
    private let drafts: [Alternatives]
    private var shortest: [Int]
    private var program: GrammarProgram

    init(compiler: GrammarCompiler, values: [Alternatives]) {
        self.compiler = compiler
        drafts = values
        shortest = Array(repeating: Self.infinite, count: values.count)
        program = GrammarProgram(options: compiler.options)
    }

    mutating func build() throws(GrammarError) -> GrammarProgram {
        findShortest()
        guard shortest[0] <= Grammar.maximumShortestLength else { throw unsatisfiable() }
        program.strings = compiler.strings.map {
            .init(minimum: Self.clamp($0.minimum), maximum: Self.clamp($0.maximum))
        }
        let depths = findDepths()
        guard depths[0] <= compiler.options.maximumDepth else {
            throw GrammarError(
                at: .root,
                "needs \(depths[0]) levels of nesting, more than the \(compiler.options.maximumDepth) allowed")
        }
        for (draft, depth) in zip(compiler.arrays, arrayDepths(depths)) {
            let items = draft.items.map { shortest[$0] < Self.infinite ? $0 : -1 } ?? -1
            program.arrays.append(
                .init(
                    minimum: Self.clamp(draft.count.minimum), maximum: Self.clamp(draft.count.maximum),
                    items: Int32(items), depth: depth))
        }
        for index in compiler.objects.indices { try layOut(object: index, depths) }
        for index in drafts.indices { try layOut(value: index, depth: depths[index]) }
        return program
    }

    // MARK: Shortest texts

    private mutating func findShortest() {
        var changed = true
        while changed {
            changed = false
            for index in drafts.indices.reversed() {
                let length = lengths(of: drafts[index]).min() ?? Self.infinite
                if length < shortest[index] {
                    shortest[index] = length
                    changed = true
                }
            }
        }
    }

    /// Shortest text of each alternative, in the order in which the machine tries them.
    private func lengths(of draft: Alternatives) -> [Int] {
        var lengths: [Int] = []
        if let literal = draft.literals.map(\.count).min() { lengths.append(literal) }
        if draft.number != .none { lengths.append(1) }
        lengths += draft.strings.map(length(ofString:))
        lengths += draft.objects.map(length(ofObject:))
        lengths += draft.arrays.map(length(ofArray:))
        return lengths
    }

    private func length(ofString index: Int) -> Int {
        // Compared before it is added to: a schema may say any number.
        Self.bounded(min(compiler.strings[index].minimum, Self.infinite) + 2)
    }

    private func length(ofObject index: Int) -> Int {
        var length = 2
        var separators = -1
        for member in compiler.objects[index].members where member.isRequired {
            length = Self.bounded(length + member.key.count + 2 + shortest[member.value])
            separators += 1
        }
        return Self.bounded(length + max(0, separators))
    }

    private func length(ofArray index: Int) -> Int {
        let draft = compiler.arrays[index]
        guard draft.count.minimum > 0 else { return 2 }
        guard let items = draft.items else { return Self.infinite }
        let (elements, overflow) = draft.count.minimum.multipliedReportingOverflow(by: shortest[items] + 1)
        return overflow || elements >= Self.infinite ? Self.infinite : Self.bounded(elements + 1)
    }

    /// Anything too long to be generated counts as infinite.
    private static func bounded(_ length: Int) -> Int {
        length < 0 || length > Grammar.maximumShortestLength * 4 ? infinite : length
    }

    private static func clamp(_ count: Int) -> Int32 { Int32(clamping: count) }

    // MARK: Depth of the shortest texts

    /// Nesting of each value's shortest text; 0 where there is none.
    private func findDepths() -> [Int] {
        var depths = [Int](repeating: 0, count: drafts.count)
        // A shortest text holds shorter ones only, so that values in ascending order of length need one pass.
        for index in drafts.indices.sorted(by: { shortest[$0] < shortest[$1] }) where shortest[index] < Self.infinite {
            depths[index] = bestDepth(of: drafts[index], shortest[index], depths)
        }
        return depths
    }

    private func bestDepth(of draft: Alternatives, _ length: Int, _ depths: [Int]) -> Int {
        if draft.literals.contains(where: { $0.count == length }) || draft.number != .none && length == 1 { return 0 }
        if draft.strings.contains(where: { self.length(ofString: $0) == length }) { return 0 }
        if let object = draft.objects.first(where: { self.length(ofObject: $0) == length }) {
            return depth(ofObject: object, depths)
        }
        if let array = draft.arrays.first(where: { self.length(ofArray: $0) == length }) {
            return depth(ofArray: array, depths)
        }
        return 0
    }

    private func depth(ofObject index: Int, _ depths: [Int]) -> Int {
        1 + (compiler.objects[index].members.filter(\.isRequired).map { depths[$0.value] }.max() ?? 0)
    }

    private func depth(ofArray index: Int, _ depths: [Int]) -> Int {
        let draft = compiler.arrays[index]
        guard draft.count.minimum > 0, let items = draft.items else { return 1 }
        return 1 + depths[items]
    }

    private func arrayDepths(_ depths: [Int]) -> [Int] {
        compiler.arrays.indices.map { depth(ofArray: $0, depths) }
    }

    // MARK: Layout

    private mutating func layOut(object index: Int, _ depths: [Int]) throws(GrammarError) {
        // An optional member without a finite value can never come.
        let members = compiler.objects[index].members.filter { $0.isRequired || shortest[$0.value] < Self.infinite }
        let first = program.members.count
        var laidOut: [GrammarProgram.Member] = []
        var after = 1
        var nextRequired = Int32(members.count)
        laidOut.append(.init(value: -1, shortestFromKey: 0, shortestFromSeparator: 1, nextRequired: nextRequired))
        for (position, member) in members.enumerated().reversed() {
            let fromKey = Self.bounded(member.key.count + 1 + shortest[member.value] + after)
            if member.isRequired {
                nextRequired = Int32(position)
                after = Self.bounded(fromKey + 2)
            }
            laidOut.append(
                .init(
                    value: Int32(member.value), shortestFromKey: fromKey, shortestFromSeparator: after,
                    nextRequired: nextRequired))
        }
        program.members += laidOut.reversed()
        let keys = program.tries.add(members.map(\.key), object: Int32(index))
        program.objects.append(
            .init(
                firstMember: Int32(first), memberCount: Int32(members.count), keys: keys,
                depth: depth(ofObject: index, depths), memberDepth: members.map { depths[$0.value] }.max() ?? 0))
        try checkSize()
    }

    private mutating func layOut(value index: Int, depth: Int) throws(GrammarError) {
        let draft = drafts[index]
        var value = GrammarProgram.Value(number: draft.number, shortest: shortest[index], depth: depth)
        if !draft.literals.isEmpty { value.literals = program.tries.add(draft.literals) }
        let objects = draft.objects.filter { length(ofObject: $0) < Self.infinite }
        let arrays = draft.arrays.filter { length(ofArray: $0) < Self.infinite }
        let strings = draft.strings.filter { compiler.strings[$0].minimum <= Grammar.maximumShortestLength }
        value.strings = Self.append(strings, to: &program.stringAlternatives)
        value.objects = Self.append(objects, to: &program.objectAlternatives)
        value.arrays = Self.append(arrays, to: &program.arrayAlternatives)
        // The order of the tests is that of the alternatives.
        if draft.literals.contains(where: { $0.count == shortest[index] }) {
            value.firstByte = program.tries.canonicalByte(of: value.literals)
        } else if draft.number != .none, shortest[index] == 1 {
            value.firstByte = UInt8(ascii: "0")
        } else if strings.contains(where: { length(ofString: $0) == shortest[index] }) {
            value.firstByte = UInt8(ascii: "\"")
        } else if objects.contains(where: { length(ofObject: $0) == shortest[index] }) {
            value.firstByte = UInt8(ascii: "{")
        } else {
            value.firstByte = UInt8(ascii: "[")
        }
        program.values.append(value)
        try checkSize()
    }

    private static func append(_ indices: [Int], to list: inout [Int32]) -> Range<Int32> {
        let first = Int32(list.count)
        list += indices.map(Int32.init)
        return first..<Int32(list.count)
    }

    private func checkSize() throws(GrammarError) {
        guard program.tries.nodes.count <= Self.maximumTrieNodes else {
            throw GrammarError(at: .root, "holds too many constants: shorten its `enum` lists")
        }
    }

    // MARK: Errors

    /// Blames the innermost required value on the way to what cannot be completed.
    private func unsatisfiable() -> GrammarError {
        var index = 0
        var visited: Set<Int> = []
        while visited.insert(index).inserted {
            let draft = drafts[index]
            guard draft.objects.count + draft.arrays.count == 1 else { break }
            let required = draft.objects.first.map { object in
                compiler.objects[object].members.filter(\.isRequired).map(\.value)
            }
            let children = required ?? draft.arrays.compactMap { compiler.arrays[$0].items }
            guard let next = children.first(where: { shortest[$0] >= Self.infinite }) else { break }
            index = next
        }
        return GrammarError(
            at: compiler.keys[index].pointer,
            "has no finite value, or none under \(Grammar.maximumShortestLength) bytes: relax what it requires")
    }
}
