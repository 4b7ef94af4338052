import JSONSchema

extension SchemaMutator {
    /// Values with more elements than this are not made longer.
    private static let longList = 400

    /// A change of a value that is no schema, or is not taken for one.
    mutating func changedValue(_ value: JSONValue) -> JSONValue {
        if random.oneIn(6) { return random.pick(seeds.fragments, or: .null) }
        if random.oneIn(20) { return nested(value) }
        switch value {
        case .object(let object): return changedMembers(object, adding: random.pick(seeds.fragments, or: .null))
        case .array(let elements): return changedArray(elements, adding: random.pick(seeds.fragments, or: .null))
        case .string(let string): return changedString(string)
        case .number: return random.pick(HostileValues.numbers, or: .null)
        case .bool(let bool): return random.oneIn(2) ? .bool(!bool) : anyScalar()
        case .null: return anyScalar()
        }
    }

    /// The object with a member more, less, renamed or moved.
    mutating func changedMembers(_ object: JSONObject, adding value: JSONValue) -> JSONValue {
        var members = object.members
        let index = random.below(members.count)
        switch random.below(members.isEmpty ? 1 : 6) {
        case 0: members.append((random.pick(HostileValues.names, or: "a"), value))
        case 1: members.remove(at: index)
        case 2: members[index].key = random.pick(HostileValues.names, or: "a")
        case 3: members.append((members[index].key + "_", members[index].value))
        case 4:
            let other = random.below(members.count)
            (members[index].value, members[other].value) = (members[other].value, members[index].value)
        default: members.shuffle(using: &random)
        }
        return .object(JSONObject(members))
    }

    /// The array with an element more, less, moved or very often.
    mutating func changedArray(_ elements: [JSONValue], adding value: JSONValue) -> JSONValue {
        var elements = elements
        let index = random.below(elements.count)
        switch random.below(elements.isEmpty ? 1 : 6) {
        case 0: elements.append(value)
        case 1: elements.remove(at: index)
        case 2: elements.insert(elements[index], at: index)
        case 3: elements.shuffle(using: &random)
        case 4: elements[index] = value
        default:
            if elements.count < Self.longList {
                elements += [JSONValue](repeating: elements[index], count: random.below(Self.longList))
            }
        }
        return .array(elements)
    }

    private mutating func changedString(_ string: String) -> JSONValue {
        switch random.below(8) {
        case 0: .string(random.pick(HostileValues.patterns, or: ""))
        case 1: .string(random.pick(HostileValues.strings, or: ""))
        case 2: .string(random.pick(HostileValues.formats, or: ""))
        case 3: .string(random.pick(HostileValues.references, or: "#"))
        case 4: .string(string + random.pick(HostileValues.strings, or: ""))
        case 5: .string(String(string.dropLast()))
        case 6: .string(String(string.unicodeScalars.shuffled(using: &random).map(Character.init)))
        default: anyScalar()
        }
    }

    private mutating func anyScalar() -> JSONValue {
        switch random.below(6) {
        case 0: .null
        case 1: .bool(random.oneIn(2))
        case 2, 3: random.pick(HostileValues.numbers, or: .null)
        default: .string(random.pick(HostileValues.strings, or: ""))
        }
    }

    /// The value inside arrays and objects, once or very often.
    private mutating func nested(_ value: JSONValue) -> JSONValue {
        var result = value
        for _ in 0...(random.oneIn(4) ? random.below(Self.deepNesting) : 1) {
            result = random.oneIn(2) ? [result] : ["a": result]
        }
        return result
    }
}
