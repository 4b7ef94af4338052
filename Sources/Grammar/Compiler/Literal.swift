/// A subschema that must hold, or must not, as seen from the dynamic scope in which it was reached.
struct Literal: Hashable, Comparable {
    let node: Int32
    var isNegated = false
    /// Index of the `DynamicScope` around the subschema; 0 outside of all dynamic anchors.
    var scope: Int32 = 0

    static func < (left: Literal, right: Literal) -> Bool {
        if left.node != right.node { return left.node < right.node }
        if left.scope != right.scope { return left.scope < right.scope }
        return !left.isNegated && right.isNegated
    }
}

/// What a value must satisfy: all these literals at once. The same key gives the same value of the grammar.
struct ValueKey: Hashable {
    let literals: [Literal]
    /// Whether each number may have one spelling alone, so that equal values have equal texts.
    let needsUniqueSpelling: Bool

    init(_ literals: [Literal], needsUniqueSpelling: Bool) {
        var sorted = literals
        if sorted.count > 1 {
            sorted.sort()
            var kept = 1
            for index in 1..<sorted.count where sorted[index] != sorted[kept - 1] {
                sorted[kept] = sorted[index]
                kept += 1
            }
            sorted.removeLast(sorted.count - kept)
        }
        self.literals = sorted
        self.needsUniqueSpelling = needsUniqueSpelling
    }
}

/// The JSON types, as alternatives of a value. Integers are numbers.
enum ValueType: CaseIterable {
    case null, boolean, number, string, array, object
}

extension ValueType {
    var types: TypeSet {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}
