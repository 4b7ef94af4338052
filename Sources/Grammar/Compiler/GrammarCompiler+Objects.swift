import JSONSchema

extension GrammarCompiler {
    mutating func addObjects(_ clause: Clause, _ key: ValueKey, to draft: inout ValueDraft) throws(GrammarError) {
        let node = key.literals.first.map { Int($0.node) } ?? 0
        var clause = clause
        if clause.objects.minimum > Self.maximumListed {
            try refuse("minProperties", node, "is more than \(Self.maximumListed), which cannot be held while decoding")
            clause.objects.minimum = 0
        }
        do throws(StringAutomatonError) {
            try addObjects(clause, node, isSpeltOnce: key.needsUniqueSpelling, to: &draft)
        } catch {
            throw self.error("patternProperties", node, error.reason)
        }
    }

    private mutating func addObjects(
        _ clause: Clause, _ node: Int, isSpeltOnce: Bool, to draft: inout ValueDraft
    ) throws(StringAutomatonError) {
        let objects = clause.objects
        work += 8 + objects.rules.reduce(0) { $0 + nodes[Int($1.node)].properties.count } * objects.rules.count
        guard objects.some.count <= Self.maximumDemands else {
            throw StringAutomatonError(reason: "is negated more than \(Self.maximumDemands) times of one object")
        }
        var reader = PropertyReader(clause)
        try reader.readNames(&self)
        var result = ObjectDraft(
            members: [], minimum: objects.minimum, maximum: objects.maximum,
            inAnyOrder: (objects.order ?? options.propertyOrder) == .any, names: -1, labels: [],
            demands: reader.demands)

        var positions: [ExactString: Int] = [:]
        for (index, name) in reader.names.enumerated() { positions[ExactString(name)] = index }
        for name in reader.names {
            let isRequired = objects.required.containsName(name)
            let alternatives = reader.alternatives(name, isSpeltOnce: isSpeltOnce, &self)
            if isRequired, alternatives.isEmpty { return }
            let requires = objects.dependents.filter { $0.name.utf8.elementsEqual(name.utf8) }
                .flatMap(\.requires).compactMap { positions[ExactString($0)] }
            result.members.append(
                .init(name: Array(name.utf8), alternatives: alternatives, isRequired: isRequired, requires: requires))
        }
        if result.maximum > result.members.count || reader.names.isEmpty {
            (result.names, result.labels) = try reader.otherNames(isSpeltOnce: isSpeltOnce, &self)
        }
        draft.add(object: index(of: result))
    }
}

/// Finds what the rules of a clause say of each property name.
private struct PropertyReader {
    let clause: Clause
    /// Names that some rule mentions, in the order of declaration.
    private(set) var names: [String] = []
    private var known: Set<ExactString> = []
    /// A language that tells names apart.
    private enum Source: Hashable {
        case pattern(ExactString)
        case names(Literal)
    }
    private var sources: [Source] = []
    private var automata: [StringAutomaton] = []
    /// What `propertyNames` admit; nil for every name.
    private var admitted: StringAutomaton?
    private(set) var demands: [DemandRange] = []

    init(_ clause: Clause) { self.clause = clause }

    mutating func readNames(_ compiler: inout GrammarCompiler) throws(StringAutomatonError) {
        let objects = clause.objects
        for rule in objects.rules {
            for (name, _) in compiler.nodes[Int(rule.node)].properties { add(name) }
        }
        for name in objects.required { add(name) }
        for (name, _) in objects.properties { add(name) }
        for (name, requires) in objects.dependents {
            add(name)
            requires.forEach { add($0) }
        }
        for name in objects.absent { add(name) }
        for rule in objects.rules { try readPatterns(of: rule.node, &compiler) }
        for property in objects.some {
            switch property {
            case .name(let literal):
                sources.append(.names(literal))
                automata.append(try compiler.nameLanguage([literal]))
            case .additional(let node, _), .pattern(let node, _, _):
                for (name, _) in compiler.nodes[Int(node)].properties { add(name) }
                try readPatterns(of: node, &compiler)
            }
        }
        guard automata.count <= 64 else { throw StringAutomatonError(reason: "has more than 64 patterns together") }
        if !objects.names.isEmpty { admitted = try compiler.nameLanguage(objects.names) }
        demands = [DemandRange](repeating: DemandRange(minimum: 1, maximum: .max), count: objects.some.count)
    }

    private mutating func readPatterns(
        of node: Int32, _ compiler: inout GrammarCompiler
    ) throws(StringAutomatonError) {
        for (pattern, _) in compiler.nodes[Int(node)].patternProperties {
            let source = ExactString(pattern)
            if sources.contains(.pattern(source)) { continue }
            automata.append(try compiler.strings.automaton(.init(source: .pattern(source), isNegated: false)))
            sources.append(.pattern(source))
        }
    }

    private mutating func add(_ name: String) {
        if known.insert(ExactString(name)).inserted { names.append(name) }
    }

    /// The ways to fill the property with this name; none where it must not be there.
    func alternatives(
        _ name: String, isSpeltOnce: Bool, _ compiler: inout GrammarCompiler
    ) -> [ElementDraft] {
        if clause.objects.absent.containsName(name) { return [] }
        let scalars = name.unicodeScalars.map(\.value)
        if let admitted, !admitted.contains(scalars) { return [] }
        var matched: UInt64 = 0
        for (index, automaton) in automata.enumerated() where automaton.contains(scalars) {
            matched |= 1 << UInt64(index)
        }
        var literals = self.literals(name: name, matched: matched, compiler) ?? []
        for (other, literal) in clause.objects.properties where other.utf8.elementsEqual(name.utf8) {
            literals.append(literal)
        }
        return elements(literals, name: name, matched: matched, isSpeltOnce: isSpeltOnce, &compiler)
    }

    /// The language of all other names, and for each of its labels the ways to fill a property.
    func otherNames(
        isSpeltOnce: Bool, _ compiler: inout GrammarCompiler
    ) throws(StringAutomatonError) -> (language: Int32, labels: [[ElementDraft]]) {
        let language = try compiler.strings.names(automata, admitted: admitted)
        var labels: [[ElementDraft]] = []
        for matched in compiler.strings.nameLanguages[Int(language)].matches {
            guard let literals = literals(name: nil, matched: matched, compiler) else {
                labels.append([])
                continue
            }
            labels.append(elements(literals, name: nil, matched: matched, isSpeltOnce: isSpeltOnce, &compiler))
        }
        return labels.allSatisfy(\.isEmpty) ? (-1, []) : (language, labels)
    }

    private func elements(
        _ literals: [Literal], name: String?, matched: UInt64, isSpeltOnce: Bool, _ compiler: inout GrammarCompiler
    ) -> [ElementDraft] {
        var result: [ElementDraft] = []
        let some = clause.objects.some
        for met in 0..<(1 << some.count) {
            var chosen = literals
            var isPossible = true
            for (index, property) in some.enumerated() where met >> index & 1 == 1 {
                guard let literals = demanded(property, name: name, matched: matched, compiler) else {
                    isPossible = false
                    break
                }
                chosen += literals
            }
            compiler.work += chosen.count > 1 ? GrammarCompiler.glance : 1
            guard isPossible, !compiler.areInConflict(chosen) else { continue }
            result.append(
                ElementDraft(
                    value: compiler.value(chosen, needsUniqueSpelling: isSpeltOnce), demands: UInt8(met)))
        }
        return result
    }

    /// What the value of a property must satisfy to be the one that the object must have; nil if its name rules it out.
    private func demanded(
        _ property: SomeProperty, name: String?, matched: UInt64, _ compiler: GrammarCompiler
    ) -> [Literal]? {
        switch property {
        case .name(let literal): return matches(.names(literal), matched) ? [] : nil
        case .additional(let node, let scope):
            let schema = compiler.nodes[Int(node)]
            if let name, schema.properties.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) { return nil }
            if schema.patternProperties.contains(where: { matches(.pattern(ExactString($0.pattern)), matched) }) {
                return nil
            }
            return [Literal(node: schema.additionalProperties, isNegated: true, scope: scope)]
        case .pattern(let node, let index, let scope):
            let schema = compiler.nodes[Int(node)]
            guard matches(.pattern(ExactString(schema.patternProperties[index].pattern)), matched) else { return nil }
            return [Literal(node: schema.patternProperties[index].node, isNegated: true, scope: scope)]
        }
    }

    private func matches(_ source: Source, _ matched: UInt64) -> Bool {
        guard let index = sources.firstIndex(of: source) else { return false }
        return matched >> UInt64(index) & 1 == 1
    }

    /// The literals of all rules for a property; nil if the options leave it out of generated texts.
    private func literals(name: String?, matched: UInt64, _ compiler: GrammarCompiler) -> [Literal]? {
        var literals: [Literal] = []
        var evaluated: UInt64 = 0
        var isDescribed = clause.objects.rules.allSatisfy { compiler.nodes[Int($0.node)].properties.isEmpty }
        for rule in clause.objects.rules {
            let schema = compiler.nodes[Int(rule.node)]
            var isMatched = false
            if let name, let property = schema.properties.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
                literals.append(Literal(node: property.node, scope: rule.scope))
                isMatched = true
            }
            for (pattern, child) in schema.patternProperties where matches(.pattern(ExactString(pattern)), matched) {
                literals.append(Literal(node: child, scope: rule.scope))
                isMatched = true
            }
            if !isMatched, schema.additionalProperties >= 0 {
                literals.append(Literal(node: schema.additionalProperties, scope: rule.scope))
                isMatched = true
            }
            guard isMatched else { continue }
            isDescribed = true
            evaluated |= rule.scopes
        }
        let unevaluated = clause.unevaluatedLiterals(&evaluated)
        if !unevaluated.isEmpty { isDescribed = true }
        literals += unevaluated
        if name == nil, compiler.options.undeclared == .whereDescribed, !isDescribed { return nil }
        return literals
    }
}
