import JSONSchema

extension SchemaKeyword {
    /// The keyword a draft calls `name`; nil if it has none.
    static func named(_ name: String, in dialect: SchemaDialect) -> SchemaKeyword? {
        SchemaKeywordTable.tables[dialect.rawValue][name]
    }
}

/// The keywords of a draft by name: an open hash table that looks at four bytes of a name only.
///
/// Every member of every schema is looked up, mostly with success; the names are known and few enough for this.
private struct SchemaKeywordTable {
    static let tables = SchemaDialect.allCases.map(SchemaKeywordTable.init)

    /// Four times as many as there are keywords, so that searches end soon.
    private static let slotCount = 256
    private var slots: [(name: String, keyword: SchemaKeyword)?] = Array(repeating: nil, count: slotCount)

    init(dialect: SchemaDialect) {
        for keyword in SchemaKeyword.allCases where keyword.drafts.contains(dialect) {
            var slot = Self.slot(keyword.rawValue)
            while slots[slot] != nil { slot = (slot + 1) % Self.slotCount }
            slots[slot] = (keyword.rawValue, keyword)
        }
    }

    subscript(_ name: String) -> SchemaKeyword? {
        var slot = Self.slot(name)
        while let (known, keyword) = slots[slot] {
            // Canonical equivalence does no harm: no other text is equivalent to one of these names.
            if known == name { return keyword }
            slot = (slot + 1) % Self.slotCount
        }
        return nil
    }

    private static func slot(_ name: String) -> Int {
        var bytes = name.utf8.makeIterator()
        let (first, second) = (Int(bytes.next() ?? 0), Int(bytes.next() ?? 0))
        // Multipliers that let few of the names meet.
        let sum = name.utf8.count &* 7 &+ first &* 13 &+ second &+ Int(name.utf8.last ?? 0) &* 3
        return sum % slotCount
    }
}
