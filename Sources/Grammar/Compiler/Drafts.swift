/// A length or count between bounds; an absent upper bound is `Int.max`.
struct LengthRange: Hashable {
    let minimum: Int
    let maximum: Int

    init(_ minimum: Int, _ maximum: Int) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// All that one value may be: a union without duplicates.
struct Alternatives {
    enum Number { case none, integer, number }

    /// Constants as compact JSON, `null`, `true` and `false` among them.
    private(set) var literals: [[UInt8]] = []
    private var seen: Set<[UInt8]> = []
    var number = Number.none
    /// Indices of drafts.
    var strings: [Int] = []
    var objects: [Int] = []
    var arrays: [Int] = []

    mutating func add(literal: [UInt8]) {
        if seen.insert(literal).inserted { literals.append(literal) }
    }

    mutating func formUnion(_ other: Alternatives) {
        for literal in other.literals { add(literal: literal) }
        if other.number == .number || number == .none { number = other.number }
        strings += other.strings.filter { !strings.contains($0) }
        objects += other.objects.filter { !objects.contains($0) }
        arrays += other.arrays.filter { !arrays.contains($0) }
    }
}

struct ObjectDraft {
    struct Member {
        /// The key as JSON without its opening quote.
        let key: [UInt8]
        let value: Int
        let isRequired: Bool
    }
    var members: [Member] = []
}

struct ArrayDraft {
    let count: LengthRange
    /// The value of the elements; nil if the array must stay empty.
    var items: Int?
}
