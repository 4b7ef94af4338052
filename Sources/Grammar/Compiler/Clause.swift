import JSONSchema

/// A conjunction under construction: what is known of a value of one type, and what is still to be looked at.
///
/// The clauses of a value are its disjunctive normal form: the value satisfies its schemas if it satisfies one clause.
struct Clause {
    /// Something that must hold; `scopes` are the `unevaluated…` keywords around it, for which it counts as evaluated.
    enum Item {
        case literal(Literal, scopes: UInt64)
        case fact(Fact)
    }

    /// Alternatives of which one must be chosen.
    enum Branch {
        case anyOf([[Item]])
        /// Exactly one of these must hold. What the others need is found out when the choice is made: by then more is
        /// known of the value.
        case exactlyOne([Literal], scopes: UInt64)

        /// What it takes to find the alternatives, in steps: any two of them are compared.
        var cost: Int {
            switch self {
            case .anyOf(let alternatives): alternatives.count
            case .exactlyOne(let literals, _): 16 * literals.count * literals.count
            }
        }
    }

    var agenda: [Item] = []
    /// Alternatives that are still to be chosen from, the cheap facts first.
    var branches: [Branch] = []
    /// What was looked at, few enough to be searched one by one.
    private var seen: [Literal] = []
    var isDead = false

    /// Scalars of `enum` and `const`; nil where any value may be.
    var constants: [JSONValue]?
    var excluded: [JSONValue] = []
    var numbers = NumberConstraints()
    var strings = StringConstraints()
    var arrays = ArrayConstraints()
    var objects = ObjectConstraints()
    /// `unevaluated…` keywords met so far; each has the bit of its number in the `scopes` of what is inside of it.
    var unevaluated: [(literal: Literal, scopes: UInt64)] = []

    init(_ literals: [Literal]) {
        agenda = literals.reversed().map { .literal($0, scopes: 0) }
    }

    /// Notes a literal; false if it was looked at before.
    mutating func note(_ literal: Literal) -> Bool {
        if seen.contains(literal) { return false }
        seen.append(literal)
        return true
    }

    /// Keeps the constants that are in `allowed` too.
    mutating func restrict(to allowed: [JSONValue]) {
        guard let constants else {
            self.constants = allowed
            return
        }
        let set = Set(allowed)
        self.constants = constants.filter(set.contains)
    }
}

/// A single statement about a value that no subschema makes by itself: parts of negated keywords.
enum Fact {
    case never
    case excluded(JSONValue)
    case integer(Bool)
    case minimum(Decimal, isExclusive: Bool)
    case maximum(Decimal, isExclusive: Bool)
    case multiple(Decimal, isNegated: Bool)
    case length(minimum: Int, maximum: Int)
    case pattern(StringConstraints.Pattern)
    case itemCount(minimum: Int, maximum: Int)
    case element(at: Int, Literal)
    case everyElement(Literal)
    case contains(Literal, minimum: Int, maximum: Int)
    case propertyCount(minimum: Int, maximum: Int)
    case required(String)
    case absent(String)
    case property(String, Literal)
    case someProperty(SomeProperty)
}

/// A property that an object must have, whatever its name is exactly.
enum SomeProperty {
    /// One whose name satisfies the literal.
    case name(Literal)
    /// One that `additionalProperties` of the schema speaks of, and whose value it does not admit.
    case additional(of: Int32, scope: Int32)
    /// One that a pattern of the schema speaks of, and whose value it does not admit.
    case pattern(of: Int32, index: Int, scope: Int32)
}

/// What is known of a string.
struct StringConstraints: Hashable {
    /// A regular language and whether the string must be outside of it.
    struct Pattern: Hashable {
        enum Source: Hashable {
            case pattern(ExactString)
            case format(ExactString)
        }
        let source: Source
        let isNegated: Bool
    }
    var minimum = 0
    var maximum = Int.max
    var patterns: [Pattern] = []

    mutating func add(_ pattern: Pattern) {
        if !patterns.contains(pattern) { patterns.append(pattern) }
    }
}

/// What is known of an array.
struct ArrayConstraints {
    /// `prefixItems` and `items` of one schema.
    struct Rule {
        let node: Int32
        let scope: Int32
        let scopes: UInt64
    }
    struct Contains {
        let literal: Literal
        let minimum: Int
        let maximum: Int
        let scopes: UInt64
    }
    var minimum = 0
    var maximum = Int.max
    var isUnique = false
    var rules: [Rule] = []
    var elements: [(index: Int, literal: Literal)] = []
    var every: [Literal] = []
    var contains: [Contains] = []
}

/// What is known of an object.
struct ObjectConstraints {
    /// `properties`, `patternProperties` and `additionalProperties` of one schema.
    struct Rule {
        let node: Int32
        let scope: Int32
        let scopes: UInt64
    }
    var minimum = 0
    var maximum = Int.max
    var rules: [Rule] = []
    var required: [String] = []
    var absent: [String] = []
    var properties: [(name: String, literal: Literal)] = []
    var names: [Literal] = []
    var some: [SomeProperty] = []
    var dependents: [(name: String, requires: [String])] = []
    var order: PropertyOrder?
}

extension Clause {
    /// What `unevaluated…` keywords ask of a place for which those in `evaluated` (a bit each) are satisfied.
    ///
    /// An inner keyword comes after the outer ones, and evaluates the place for them.
    func unevaluatedLiterals(_ evaluated: inout UInt64) -> [Literal] {
        var literals: [Literal] = []
        for (index, entry) in unevaluated.enumerated().reversed() where evaluated >> UInt64(index) & 1 == 0 {
            literals.append(entry.literal)
            evaluated |= entry.scopes
        }
        return literals
    }
}
