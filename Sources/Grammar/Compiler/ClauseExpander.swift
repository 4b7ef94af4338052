import JSONSchema

/// Turns the schemas of one value into clauses, for one JSON type at a time.
///
/// Keywords of other types are true of a value, so looking at one type keeps the number of clauses small.
struct ClauseExpander {
    /// Clauses of one value beyond which a schema is refused.
    static let maximumClauses = 4096

    let type: ValueType
    let key: ValueKey
    private(set) var clauses: [Clause] = []

    init(_ key: ValueKey, type: ValueType) {
        self.key = key
        self.type = type
    }

    /// All clauses of the value; none if nothing of this type satisfies its schemas.
    mutating func expand(_ compiler: inout GrammarCompiler) throws(GrammarError) -> [Clause] {
        var open = [Clause(key.literals)]
        while var clause = open.popLast() {
            try settle(&clause, &compiler)
            if clause.isDead { continue }
            if type == .object, !clause.branches.isEmpty, compiler.isHopeless(clause) { continue }
            guard let branch = clause.branches.popLast() else {
                clauses.append(clause)
                guard clauses.count <= Self.maximumClauses else { throw tooMany(compiler) }
                continue
            }
            try spend(4 + branch.cost, &compiler)
            for items in alternatives(of: branch, in: clause, compiler).reversed() {
                var next = clause
                next.agenda = items
                open.append(next)
            }
            guard open.count <= Self.maximumClauses else { throw tooMany(compiler) }
        }
        return clauses
    }

    private func alternatives(
        of branch: Clause.Branch, in clause: Clause, _ compiler: GrammarCompiler
    ) -> [[Clause.Item]] {
        guard case .exactlyOne(let literals, let scopes) = branch else {
            if case .anyOf(let alternatives) = branch { return alternatives }
            return []
        }
        return literals.indices.map { chosen in
            var items: [Clause.Item] = [.literal(literals[chosen], scopes: scopes)]
            for other in literals.indices
            where other != chosen
                && !compiler.areDisjoint(
                    literals[chosen], literals[other], type: type, required: clause.objects.required)
            {
                items.append(.literal(literals[other].negated, scopes: 0))
            }
            return items
        }
    }

    /// Counts work of about a microsecond, and refuses the schema when it gets too much.
    private func spend(_ work: Int, _ compiler: inout GrammarCompiler) throws(GrammarError) {
        compiler.work += work
        guard compiler.work <= GrammarCompiler.maximumWork else { throw tooMany(compiler) }
    }

    func tooMany(_ compiler: GrammarCompiler) -> GrammarError {
        let node = key.literals.first.map { Int($0.node) } ?? 0
        return compiler.error(
            "", node,
            "combines alternatives in too many ways: state the cases one by one in `anyOf`")
    }

    /// Looks at everything that needs no choice.
    private mutating func settle(_ clause: inout Clause, _ compiler: inout GrammarCompiler) throws(GrammarError) {
        while let item = clause.agenda.popLast() {
            try spend(1, &compiler)
            switch item {
            case .fact(let fact): apply(fact, to: &clause)
            case .literal(let literal, let scopes):
                // A schema that was met before adds nothing, but what it evaluates may.
                guard clause.note(literal) || scopes != 0 else { continue }
                if literal.isNegated {
                    try negative(literal, &clause, &compiler)
                } else {
                    try positive(literal, scopes: scopes, &clause, &compiler)
                }
            }
            if clause.isDead { return }
        }
    }

    func apply(_ fact: Fact, to clause: inout Clause) {
        switch fact {
        case .never: clause.isDead = true
        case .excluded(let value): clause.excluded.append(value)
        case .integer(true): clause.numbers.mustBeInteger = true
        case .integer(false): clause.numbers.mustNotBeInteger = true
        case .minimum(let bound, let isExclusive): clause.numbers.raiseMinimum(to: bound, exclusive: isExclusive)
        case .maximum(let bound, let isExclusive): clause.numbers.lowerMaximum(to: bound, exclusive: isExclusive)
        case .multiple(let divisor, false): clause.numbers.multiples.append(divisor)
        case .multiple(let divisor, true): clause.numbers.notMultiples.append(divisor)
        case .length(let minimum, let maximum):
            clause.strings.minimum = max(clause.strings.minimum, minimum)
            clause.strings.maximum = min(clause.strings.maximum, maximum)
            if clause.strings.minimum > clause.strings.maximum { clause.isDead = true }
        case .pattern(let pattern): clause.strings.add(pattern)
        case .itemCount(let minimum, let maximum):
            clause.arrays.minimum = max(clause.arrays.minimum, minimum)
            clause.arrays.maximum = min(clause.arrays.maximum, maximum)
            if clause.arrays.minimum > clause.arrays.maximum { clause.isDead = true }
        case .element(let index, let literal):
            clause.arrays.elements.append((index, literal))
            apply(.itemCount(minimum: index + 1, maximum: .max), to: &clause)
        case .everyElement(let literal): clause.arrays.every.append(literal)
        case .contains(let literal, let minimum, let maximum):
            clause.arrays.contains.append(.init(literal: literal, minimum: minimum, maximum: maximum, scopes: 0))
        case .propertyCount(let minimum, let maximum):
            clause.objects.minimum = max(clause.objects.minimum, minimum)
            clause.objects.maximum = min(clause.objects.maximum, maximum)
            if clause.objects.minimum > clause.objects.maximum { clause.isDead = true }
        case .required(let name):
            if clause.objects.absent.containsName(name) { clause.isDead = true }
            if !clause.objects.required.containsName(name) { clause.objects.required.append(name) }
        case .absent(let name):
            if clause.objects.required.containsName(name) { clause.isDead = true }
            if !clause.objects.absent.containsName(name) { clause.objects.absent.append(name) }
        case .property(let name, let literal):
            apply(.required(name), to: &clause)
            clause.objects.properties.append((name, literal))
        case .someProperty(let property): clause.objects.some.append(property)
        }
    }
}

extension [String] {
    /// Whether the list has exactly these code points: `==` of strings would normalise.
    func containsName(_ name: String) -> Bool { contains { $0.utf8.elementsEqual(name.utf8) } }
}
