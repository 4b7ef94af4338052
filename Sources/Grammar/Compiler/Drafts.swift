/// All that one value may be; indices lead into the drafts and rules of the compiler.
struct ValueDraft {
    /// Scalar constants as canonical JSON.
    private(set) var literals: [[UInt8]] = []
    private var seen: Set<[UInt8]> = []
    private(set) var numbers: [Int32] = []
    private(set) var strings: [Int32] = []
    private(set) var arrays: [Int32] = []
    private(set) var objects: [Int32] = []

    mutating func add(literal: [UInt8]) {
        if seen.insert(literal).inserted { literals.append(literal) }
    }
    mutating func add(number: Int32) { if !numbers.contains(number) { numbers.append(number) } }
    mutating func add(string: Int32) { if !strings.contains(string) { strings.append(string) } }
    mutating func add(array: Int32) { if !arrays.contains(array) { arrays.append(array) } }
    mutating func add(object: Int32) { if !objects.contains(object) { objects.append(object) } }
}

/// One way to fill a place of an array or an object: a value, and which of the container's demands it meets (one bit each).
struct ElementDraft: Hashable {
    let value: Int32
    let demands: UInt8
}

/// How many elements must, and may, meet a demand such as `contains`.
struct DemandRange: Hashable {
    let minimum: Int
    let maximum: Int
}

struct ArrayDraft: Hashable {
    var minimum: Int
    var maximum: Int
    var isUnique: Bool
    /// The ways to fill each place; the last entry is for all places from there on.
    var positions: [[ElementDraft]]
    var demands: [DemandRange]
}

struct ObjectDraft: Hashable {
    struct Member: Hashable {
        /// Compared by code points.
        let name: [UInt8]
        /// The ways to fill it; none where the property must not be there.
        let alternatives: [ElementDraft]
        let isRequired: Bool
        /// Members that must be there if this one is.
        let requires: [Int]
    }
    var members: [Member]
    var minimum: Int
    var maximum: Int
    var inAnyOrder: Bool
    /// Names that are not those of members: their language, -1 if there are none.
    var names: Int32
    /// For each label of the language, the ways to fill the property; none where the name is not allowed.
    var labels: [[ElementDraft]]
    var demands: [DemandRange]
}
