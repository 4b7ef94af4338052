import JSONSchema

/// A keyword with its value and where it stands.
struct KeywordSite {
    let keyword: SchemaKeyword
    let value: JSONValue
    /// The place of the schema that has it.
    let place: Int32
    let dialect: SchemaDialect
}

extension SchemaReader {
    func failure(_ site: KeywordSite, _ explanation: String) -> GrammarError {
        failure(site.keyword.rawValue, site.place, explanation)
    }

    /// The value of another keyword of the same schema.
    func neighbour(_ keyword: String, of site: KeywordSite) -> JSONValue? { places[Int(site.place)].value[keyword] }

    private func mismatch(_ site: KeywordSite, _ value: JSONValue, _ expected: String) -> GrammarError {
        failure(site, "must be \(expected), not \(value.typeDescription)")
    }

    func string(_ site: KeywordSite) throws(GrammarError) -> String {
        guard case .string(let string) = site.value else { throw mismatch(site, site.value, "a string") }
        return string
    }

    func boolean(_ site: KeywordSite) throws(GrammarError) -> Bool {
        guard case .bool(let bool) = site.value else { throw mismatch(site, site.value, "true or false") }
        return bool
    }

    func number(_ site: KeywordSite) throws(GrammarError) -> JSONNumber {
        guard case .number(let number) = site.value else { throw mismatch(site, site.value, "a number") }
        return number
    }

    func positiveNumber(_ site: KeywordSite) throws(GrammarError) -> JSONNumber {
        let number = try number(site)
        let significand = number.lexeme.utf8.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
        let isZero = !significand.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
        guard !isZero, significand.first != UInt8(ascii: "-") else {
            throw failure(site, "must be greater than zero, not \(number.lexeme)")
        }
        return number
    }

    /// A length or count; one that exceeds an `Int` is as good as the largest.
    func count(_ site: KeywordSite) throws(GrammarError) -> Int {
        let number = try number(site)
        if let count = number.intValue {
            if count >= 0 { return count }
        } else if number.isInteger, number.lexeme.utf8.first != UInt8(ascii: "-") {
            return .max
        }
        throw failure(site, "must be a whole number, zero or more, not \(number.lexeme)")
    }

    func array(_ site: KeywordSite) throws(GrammarError) -> [JSONValue] {
        guard case .array(let elements) = site.value else { throw mismatch(site, site.value, "an array") }
        return elements
    }

    func object(_ site: KeywordSite) throws(GrammarError) -> JSONObject {
        guard case .object(let object) = site.value else { throw mismatch(site, site.value, "an object") }
        return object
    }

    /// A list of names without duplicates.
    func names(_ value: JSONValue, _ site: KeywordSite) throws(GrammarError) -> [String] {
        guard case .array(let elements) = value else { throw mismatch(site, value, "an array of strings") }
        var names: [String] = []
        var seen: Set<ExactString> = []
        names.reserveCapacity(elements.count)
        for element in elements {
            guard case .string(let name) = element else { throw mismatch(site, element, "an array of strings") }
            guard seen.insert(ExactString(name)).inserted else {
                throw failure(site, "must not name \"\(name)\" twice")
            }
            names.append(name)
        }
        return names
    }

    func types(_ site: KeywordSite) throws(GrammarError) -> TypeSet {
        if case .string(let name) = site.value { return try type(name, site) }
        let names = try names(site.value, site)
        guard !names.isEmpty else { throw failure(site, "must name at least one type") }
        var types: TypeSet = []
        for name in names { types.formUnion(try type(name, site)) }
        return types
    }

    private func type(_ name: String, _ site: KeywordSite) throws(GrammarError) -> TypeSet {
        guard let type = TypeSet(name: name) else {
            throw failure(
                site, "must name types (null, boolean, integer, number, string, array, object), not \"\(name)\"")
        }
        return type
    }

    /// The place of the keyword's value, and whether nothing below it is known.
    mutating func place(of site: KeywordSite) throws(GrammarError) -> (place: Int32, isNew: Bool) {
        let place = try child(of: site.place, site.keyword.rawValue, site.value)
        return (place, places[Int(place)].childCount == 0)
    }

    /// Refuses a value that is no schema where one is expected.
    func checkSchema(_ site: KeywordSite) throws(GrammarError) {
        guard Self.isSchema(site.value) else { throw mismatch(site, site.value, "a schema") }
    }

    /// The node of the schema that is the keyword's value.
    mutating func schema(_ site: KeywordSite) throws(GrammarError) -> Int32 {
        try checkSchema(site)
        return try node(at: place(of: site).place)
    }

    /// The node of a schema in the keyword's array or object.
    mutating func schema(
        _ token: String, _ value: JSONValue, in holder: (place: Int32, isNew: Bool)
    ) throws(GrammarError) -> Int32 {
        let place =
            holder.isNew
            ? try addChild(of: holder.place, token, value, .schema) : try child(of: holder.place, token, value)
        return try node(at: place)
    }

    /// The nodes of the schemas in the keyword's array.
    mutating func schemas(_ site: KeywordSite) throws(GrammarError) -> [Int32] {
        let elements = try array(site)
        let list = try place(of: site)
        var nodes: [Int32] = []
        nodes.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            guard Self.isSchema(element) else { throw mismatch(site, element, "an array of schemas") }
            nodes.append(try schema(String(index), element, in: list))
        }
        return nodes
    }

    /// The nodes of the schemas in the keyword's array, of which there must be one.
    mutating func alternatives(_ site: KeywordSite) throws(GrammarError) -> [Int32] {
        let nodes = try schemas(site)
        guard !nodes.isEmpty else { throw failure(site, "must have at least one schema") }
        return nodes
    }

    /// The nodes of the schemas that are the members of the keyword's object.
    mutating func namedSchemas(_ site: KeywordSite) throws(GrammarError) -> [(name: String, node: Int32)] {
        let members = try object(site).members
        let map = try place(of: site)
        var nodes: [(name: String, node: Int32)] = []
        nodes.reserveCapacity(members.count)
        for (name, value) in members {
            guard Self.isSchema(value) else { throw mismatch(site, value, "an object of schemas") }
            nodes.append((name, try schema(name, value, in: map)))
        }
        return nodes
    }
}
