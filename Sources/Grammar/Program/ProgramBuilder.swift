import JSONSchema

/// Lays the drafts of a compiler out as flat tables, without what no finite text satisfies.
struct ProgramBuilder {
    private let compiler: GrammarCompiler
    private var tables = GrammarTables()
    /// Which values, arrays and objects have a text, once that is known.
    private var inhabited: Inhabited?
    /// Name rules by their language and the labels that may end a name.
    private var nameRules: [NameKey: NameRule] = [:]

    private struct Inhabited {
        var values: [Bool]
        var arrays: [Bool]
        var objects: [Bool]
    }

    private struct NameKey: Hashable {
        let language: Int32
        let allowed: [Bool]
    }

    private struct NameRule {
        let rule: Int32
        let firstStateLabel: Int32
    }

    init(_ compiler: GrammarCompiler) { self.compiler = compiler }

    /// - Throws: if no text satisfies the schema, or only very long or deep ones do.
    mutating func build() throws(GrammarError) -> GrammarTables {
        try assemble()
        tables.findShortest()
        let known = Inhabited(
            values: tables.values.map { $0.shortest < GrammarTables.unreachable },
            arrays: tables.arrays.map { $0.shortest < GrammarTables.unreachable },
            objects: tables.objects.map { $0.shortest < GrammarTables.unreachable })
        guard known.values[0] else {
            throw GrammarError(
                at: .root, isUnsatisfiable: true, "is satisfied by no finite value: it contradicts itself or never ends"
            )
        }
        if known.values.contains(false) || known.arrays.contains(false) || known.objects.contains(false) {
            inhabited = known
            try assemble()
            tables.findShortest()
        }
        tables.findDepths()
        let root = tables.values[0]
        guard root.shortest <= Grammar.maximumShortestLength else {
            throw GrammarError(
                at: .root,
                "needs a text of more than \(Grammar.maximumShortestLength) bytes: lower `minLength` or `minItems`")
        }
        guard root.depth <= compiler.options.maximumDepth else {
            throw GrammarError(
                at: .root,
                "needs values nested \(root.depth) levels deep, and the limit is \(compiler.options.maximumDepth)")
        }
        return tables
    }

    private mutating func assemble() throws(GrammarError) {
        tables = GrammarTables()
        tables.options = compiler.options
        tables.strings = compiler.strings.rules
        tables.formats = compiler.strings.formats
        tables.numbers = compiler.numbers.rules
        nameRules = [:]
        for draft in compiler.arrays { add(draft) }
        for draft in compiler.objects { try add(draft) }
        for draft in compiler.values { add(draft) }
    }

    private mutating func add(_ draft: ValueDraft) {
        var value = GrammarTables.Value()
        if !draft.literals.isEmpty { value.literals = tables.tries.add(draft.literals.map { ($0, 0) }) }
        value.numbers = alternatives(draft.numbers)
        value.strings = alternatives(draft.strings)
        value.arrays = alternatives(draft.arrays.filter { inhabited?.arrays[Int($0)] ?? true })
        value.objects = alternatives(draft.objects.filter { inhabited?.objects[Int($0)] ?? true })
        tables.values.append(value)
    }

    private mutating func alternatives(_ rules: [Int32]) -> Range<Int32> {
        let first = Int32(tables.alternatives.count)
        tables.alternatives += rules
        return first..<Int32(tables.alternatives.count)
    }

    private mutating func elements(_ drafts: [ElementDraft]) -> Range<Int32> {
        let first = Int32(tables.elements.count)
        for draft in drafts where inhabited?.values[Int(draft.value)] ?? true {
            tables.elements.append(GrammarTables.Element(value: draft.value, demands: draft.demands))
        }
        return first..<Int32(tables.elements.count)
    }

    private mutating func demands(_ ranges: [DemandRange]) -> Range<Int32> {
        let first = Int32(tables.demands.count)
        for range in ranges {
            tables.demands.append(
                GrammarTables.Demand(minimum: range.minimum.clamped, maximum: range.maximum.clamped))
        }
        return first..<Int32(tables.demands.count)
    }

    private mutating func add(_ draft: ArrayDraft) {
        let firstPosition = Int32(tables.positions.count)
        var maximum = draft.maximum
        for (index, position) in draft.positions.enumerated() {
            let range = elements(position)
            tables.positions.append(range)
            // Nothing can stand here, so nothing can stand behind it.
            if range.isEmpty { maximum = min(maximum, index) }
        }
        let prefixCount = Int32(draft.positions.count - 1)
        let minimum = draft.minimum.clamped
        tables.arrays.append(
            GrammarTables.ArrayShape(
                minimum: minimum, maximum: maximum.clamped, isUnique: draft.isUnique, firstPosition: firstPosition,
                prefixCount: prefixCount, demands: demands(draft.demands),
                countLimit: maximum == .max ? max(minimum, prefixCount) : .max))
    }

    private mutating func add(_ draft: ObjectDraft) throws(GrammarError) {
        let wordCount = (draft.members.count + 63) >> 6
        var usable = draft.members.map { member in
            member.alternatives.contains { inhabited?.values[Int($0.value)] ?? true }
        }
        let closures = RequirementClosure(draft.members.map(\.requires))
        for index in usable.indices where !closures[index].allSatisfy({ usable[$0] }) { usable[index] = false }

        let firstMember = Int32(tables.members.count)
        var required = [UInt64](repeating: 0, count: wordCount)
        var members: [GrammarTables.Member] = []
        for (index, member) in draft.members.enumerated() {
            var requirements: Int32 = -1
            if !member.requires.isEmpty {
                requirements = Int32(tables.words.count)
                var words = [UInt64](repeating: 0, count: wordCount)
                for other in closures[index] { words[other >> 6] |= 1 << UInt64(other & 63) }
                tables.words += words
            }
            if member.isRequired {
                for other in closures[index] { required[other >> 6] |= 1 << UInt64(other & 63) }
            }
            members.append(
                GrammarTables.Member(
                    elements: elements(usable[index] ? member.alternatives : []),
                    keyCost: Int32(clamping: JSONValue.canonicalLength(member.name) + 3), requirements: requirements))
        }
        tables.members += members
        let requiredWords = Int32(tables.words.count)
        tables.words += required

        var names: [(text: [UInt8], payload: Int32)] = []
        for (index, member) in draft.members.enumerated() {
            let text = JSONValue.string(String(decoding: member.name, as: UTF8.self)).serialized()
            names.append((Array(text.dropFirst().dropLast()), Int32(index)))
        }
        var shape = GrammarTables.ObjectShape(
            members: firstMember..<Int32(tables.members.count), keys: tables.tries.add(names), nameRule: -1,
            firstStateLabel: 0, firstLabel: Int32(tables.labels.count), labelCount: Int32(draft.labels.count),
            minimum: draft.minimum.clamped, maximum: draft.maximum.clamped, inAnyOrder: draft.inAnyOrder,
            hasRequirements: draft.members.contains { !$0.requires.isEmpty }, demands: demands(draft.demands),
            wordCount: Int32(wordCount), requiredWords: requiredWords)
        for label in draft.labels { tables.labels.append(elements(label)) }
        if draft.names >= 0 {
            let allowed = (0..<draft.labels.count).map { !tables.labels[Int(shape.firstLabel) + $0].isEmpty }
            let rule = try nameRule(NameKey(language: draft.names, allowed: allowed))
            shape.nameRule = rule.rule
            shape.firstStateLabel = rule.firstStateLabel
        }
        tables.objects.append(shape)
    }

    private mutating func nameRule(_ key: NameKey) throws(GrammarError) -> NameRule {
        if let known = nameRules[key] { return known }
        let language = compiler.strings.nameLanguages[Int(key.language)]
        var automaton = language.automaton
        var origin = Array(0..<Int32(automaton.stateCount))
        if key.allowed.contains(false) || language.labels.contains(-1) {
            (automaton, origin) = automaton.accepting { state in
                let label = language.labels[Int(state)]
                return label >= 0 && key.allowed[Int(label)]
            }
        }
        var result = NameRule(rule: -1, firstStateLabel: Int32(tables.stateLabels.count))
        do throws(StringAutomatonError) {
            if let rule = try StringRule(automaton: automaton, minimum: 0, maximum: .max) {
                tables.strings.append(rule)
                result = NameRule(rule: Int32(tables.strings.count - 1), firstStateLabel: result.firstStateLabel)
                tables.stateLabels += origin.map { language.labels[Int($0)] }
            }
        } catch {
            throw GrammarError(keyword: "propertyNames", at: .root, error.reason)
        }
        nameRules[key] = result
        return result
    }
}

/// For each member, all members that must be there with it, itself included.
private struct RequirementClosure {
    private var sets: [[Int]] = []

    init(_ direct: [[Int]]) {
        for start in direct.indices {
            if direct[start].isEmpty {
                sets.append([start])
                continue
            }
            var seen: Set<Int> = [start]
            var agenda = [start]
            while let member = agenda.popLast() {
                for other in direct[member] where seen.insert(other).inserted { agenda.append(other) }
            }
            sets.append(seen.sorted())
        }
    }

    subscript(_ member: Int) -> [Int] { sets[member] }
}

extension Int {
    /// Counts beyond 2^31 are endless.
    fileprivate var clamped: Int32 { self >= Int(Int32.max) ? .max : Int32(self) }
}

extension JSONValue {
    /// Bytes of a name as canonical JSON, without quotes.
    fileprivate static func canonicalLength(_ name: [UInt8]) -> Int {
        JSONValue.string(String(decoding: name, as: UTF8.self)).serialized().count - 2
    }
}
