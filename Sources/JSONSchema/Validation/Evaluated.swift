/// Which members of an object, or elements of an array, have been judged by a subschema (`unevaluatedProperties`,
/// `unevaluatedItems`).
struct Evaluated {
    private(set) var flags: [Bool]

    /// Nothing of `value` has been evaluated.
    init(of value: JSONValue) {
        let count =
            switch value {
            case .array(let elements): elements.count
            case .object(let object): object.count
            default: 0
            }
        flags = Array(repeating: false, count: count)
    }

    private init(count: Int) { flags = Array(repeating: false, count: count) }

    /// As many members, none of them evaluated.
    var cleared: Evaluated { Evaluated(count: flags.count) }

    mutating func insert(_ position: Int) { flags[position] = true }

    mutating func formUnion(_ other: Evaluated?) {
        guard let other else { return }
        for position in flags.indices where other.flags[position] { flags[position] = true }
    }
}
