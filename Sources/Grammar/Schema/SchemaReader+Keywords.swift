import JSONSchema

extension SchemaReader {
    /// Reads all keywords of the schema at a place.
    mutating func readNode(at place: Int32) throws(GrammarError) -> SchemaNode {
        let resource = places[Int(place)].resource
        var node = SchemaNode(place: place, resource: resource)
        guard case .object(let object) = places[Int(place)].value else {
            node.isFalse = places[Int(place)].value.boolValue == false
            return node
        }
        let (dialect, vocabularies) = (resources[Int(resource)].dialect, resources[Int(resource)].vocabularies)
        let isOverridden = dialect <= .draft7 && object["$ref"]?.stringValue != nil
        for (name, value) in object.members {
            guard let keyword = SchemaKeyword.named(name, in: dialect) else {
                try passUnknown(name, place, dialect)
                continue
            }
            guard vocabularies.contains(keyword.vocabulary) else {
                ignore(name, place, "is in no vocabulary of its metaschema")
                continue
            }
            if isOverridden, keyword != .reference {
                if keyword.restricts { ignore(name, place, "is ignored beside `$ref` in this draft") }
                continue
            }
            let site = KeywordSite(keyword: keyword, value: value, place: place, dialect: dialect)
            try readCore(site, into: &node)
        }
        return node
    }

    /// Notes that a keyword has no effect.
    private mutating func ignore(_ keyword: String, _ place: Int32, _ reason: String) {
        ignored.append(SchemaTable.IgnoredKeyword(keyword: keyword, node: places[Int(place)].node, reason: reason))
    }

    private mutating func ignore(_ site: KeywordSite, _ reason: String) {
        ignore(site.keyword.rawValue, site.place, reason)
    }

    private mutating func passUnknown(_ name: String, _ place: Int32, _ dialect: SchemaDialect) throws(GrammarError) {
        if name.utf8.starts(with: "x-".utf8) { return }
        guard !options.refusesUnknownKeywords else {
            throw failure(name, place, "is unknown in \(dialect.uri): remove it, or let its name begin with x-")
        }
        ignore(name, place, "is unknown in \(dialect.uri)")
    }

    /// Keywords that name, refer and combine; all others are passed on.
    private mutating func readCore(_ site: KeywordSite, into node: inout SchemaNode) throws(GrammarError) {
        switch site.keyword {
        case .schema:
            _ = try string(site)
            if resources[Int(node.resource)].root != site.place { ignore(site, "counts only beside an identifier") }
        case .id, .plainID:
            let hasFragment = URIReference(try string(site)).fragment?.isEmpty == false
            if hasFragment, site.dialect >= .draft2019 {
                throw failure(site, "must have no fragment: use `$anchor` to name a part of a schema")
            }
        case .anchor, .dynamicAnchor: try checkAnchor(site)
        case .recursiveAnchor: _ = try boolean(site)
        case .vocabulary, .definitions, .shortDefinitions: _ = try object(site)
        case .reference:
            let text = try string(site)
            let target = try target(of: text, keyword: site.keyword.rawValue, site.place).place
            node.reference = try self.node(at: target)
        case .dynamicReference:
            node.dynamicReference = try dynamicTarget(of: string(site), keyword: site.keyword, site.place)
        case .recursiveReference:
            guard try string(site) == "#" else { throw failure(site, "must be \"#\"") }
            node.dynamicReference = try dynamicTarget(of: "#", keyword: site.keyword, site.place)
        case .allOf: node.allOf = try alternatives(site)
        case .anyOf: node.anyOf = try alternatives(site)
        case .oneOf: node.oneOf = try alternatives(site)
        case .not: node.not = try schema(site)
        case .ifSchema: node.ifSchema = try schema(site)
        case .thenSchema, .elseSchema:
            guard neighbour("if", of: site) != nil else {
                try checkSchema(site)
                ignore(site, "has no effect without `if`")
                return
            }
            if site.keyword == .thenSchema {
                node.thenSchema = try schema(site)
            } else {
                node.elseSchema = try schema(site)
            }
        default: try readValue(site, into: &node)
        }
    }

    /// An anchor is a letter or underscore, then letters, digits, and `-._`, in draft 2019-09 also `:`.
    private func checkAnchor(_ site: KeywordSite) throws(GrammarError) {
        let name = try string(site).utf8
        let isName = name.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): index > 0
            case UInt8(ascii: ":"): index > 0 && site.dialect == .draft2019
            default: false
            }
        }
        guard isName, !name.isEmpty else {
            throw failure(site, "must be a letter or underscore followed by letters, digits, hyphens and full stops")
        }
    }

    /// Keywords about values of any type, numbers and strings.
    private mutating func readValue(_ site: KeywordSite, into node: inout SchemaNode) throws(GrammarError) {
        switch site.keyword {
        case .type: node.types = try types(site)
        case .enumeration: node.enumeration = try array(site)
        case .constant: node.constant = site.value
        case .multipleOf: node.multipleOf = try positiveNumber(site)
        case .minimum:
            // In draft 4 the exclusive keywords are true or false and say how their neighbour is meant.
            let isExclusive = site.dialect == .draft4 && neighbour("exclusiveMinimum", of: site) == true
            if isExclusive { node.exclusiveMinimum = try number(site) } else { node.minimum = try number(site) }
        case .maximum:
            let isExclusive = site.dialect == .draft4 && neighbour("exclusiveMaximum", of: site) == true
            if isExclusive { node.exclusiveMaximum = try number(site) } else { node.maximum = try number(site) }
        case .exclusiveMinimum where site.dialect == .draft4: try readExclusive(site, beside: "minimum")
        case .exclusiveMaximum where site.dialect == .draft4: try readExclusive(site, beside: "maximum")
        case .exclusiveMinimum: node.exclusiveMinimum = try number(site)
        case .exclusiveMaximum: node.exclusiveMaximum = try number(site)
        case .minLength: node.minLength = try count(site)
        case .maxLength: node.maxLength = try count(site)
        case .pattern: node.pattern = try string(site)
        case .format: node.format = try string(site)
        case .contentEncoding, .contentMediaType, .contentSchema: ignore(site, "is an annotation")
        case .comment, .title, .description, .examples, .deprecated, .readOnly, .writeOnly, .defaultValue: break
        default: try readArray(site, into: &node)
        }
    }

    private mutating func readExclusive(_ site: KeywordSite, beside bound: String) throws(GrammarError) {
        _ = try boolean(site)
        if neighbour(bound, of: site) == nil { ignore(site, "has no effect without `\(bound)`") }
    }

    /// Keywords about arrays.
    private mutating func readArray(_ site: KeywordSite, into node: inout SchemaNode) throws(GrammarError) {
        switch site.keyword {
        case .prefixItems: node.prefixItems = try schemas(site)
        case .items where site.dialect <= .draft2019 && site.value.isArray: node.prefixItems = try schemas(site)
        case .items: node.items = try schema(site)
        case .additionalItems:
            if neighbour("items", of: site)?.isArray == true {
                node.items = try schema(site)
            } else {
                try checkSchema(site)
                ignore(site, "has no effect unless `items` is an array")
            }
        case .unevaluatedItems: node.unevaluatedItems = try schema(site)
        case .contains:
            node.contains = try schema(site)
            node.containsEvaluates = site.dialect >= .draft2020
        case .minContains, .maxContains:
            let count = try count(site)
            guard neighbour("contains", of: site) != nil else {
                ignore(site, "has no effect without `contains`")
                return
            }
            if site.keyword == .minContains { node.minContains = count } else { node.maxContains = count }
        case .minItems: node.minItems = try count(site)
        case .maxItems: node.maxItems = try count(site)
        case .uniqueItems: node.uniqueItems = try boolean(site)
        default: try readObject(site, into: &node)
        }
    }

    /// Keywords about objects.
    private mutating func readObject(_ site: KeywordSite, into node: inout SchemaNode) throws(GrammarError) {
        switch site.keyword {
        case .properties: node.properties = try namedSchemas(site)
        case .patternProperties:
            node.patternProperties = try namedSchemas(site).map { (pattern: $0.name, node: $0.node) }
        case .additionalProperties: node.additionalProperties = try schema(site)
        case .unevaluatedProperties: node.unevaluatedProperties = try schema(site)
        case .propertyNames: node.propertyNames = try schema(site)
        case .required: node.required = try names(site.value, site)
        case .minProperties: node.minProperties = try count(site)
        case .maxProperties: node.maxProperties = try count(site)
        case .dependentRequired:
            for (name, value) in try object(site).members {
                node.dependentRequired.append((name, try names(value, site)))
            }
        case .dependentSchemas: node.dependentSchemas += try namedSchemas(site)
        case .dependencies: try readDependencies(site, into: &node)
        case .order:
            guard let order = PropertyOrder(rawValue: try string(site)) else {
                throw failure(site, "must be \"declared\" or \"any\"")
            }
            node.order = order
        default: break
        }
    }

    /// `dependencies`, which draft 2019-09 split in two.
    private mutating func readDependencies(_ site: KeywordSite, into node: inout SchemaNode) throws(GrammarError) {
        let map = try place(of: site)
        for (name, value) in try object(site).members {
            if value.isArray {
                node.dependentRequired.append((name, try names(value, site)))
            } else if Self.isSchema(value) {
                node.dependentSchemas.append((name, try schema(name, value, in: map)))
            } else {
                throw failure(site, "must be an object of schemas and arrays of strings")
            }
        }
    }
}
