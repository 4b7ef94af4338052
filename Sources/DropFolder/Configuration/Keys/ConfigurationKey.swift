/// A key of a section: its name, what it takes, and where the value goes.
struct ConfigurationKey<Target: Sendable>: Sendable {
    let entry: KeyEntry
    let read: @Sendable (SettingNode, inout Target, _ path: String, inout ConfigurationReader) -> Void
}

/// What the reference and the environment need to know of a key.
struct KeyEntry: Sendable {
    let name: String
    let summary: String
    /// What it takes.
    let kind: String
    /// What counts without the key; nil: the key is required.
    let fallback: String?
    var form = Form.value
    /// The keys below it.
    var keys: [KeyEntry] = []

    var isRequired: Bool { fallback == nil }

    enum Form: Sendable {
        case value, section, list, map
    }
}

extension ConfigurationKey {
    /// A key without a default.
    static func required<Value>(
        _ name: String, _ place: WritableKeyPath<Target, Value> & Sendable, _ rule: ValueRule<Value>, _ summary: String
    ) -> ConfigurationKey {
        value(KeyEntry(name: name, summary: summary, kind: rule.kind, fallback: nil), place, rule)
    }

    /// A key whose default is what `defaults` holds.
    static func optional<Value>(
        _ name: String, _ place: WritableKeyPath<Target, Value> & Sendable, _ rule: ValueRule<Value>,
        of defaults: Target,
        _ summary: String
    ) -> ConfigurationKey {
        let fallback = rule.write(defaults[keyPath: place])
        return value(KeyEntry(name: name, summary: summary, kind: rule.kind, fallback: fallback), place, rule)
    }

    /// A key that need not have a value; `fallback` says what counts then.
    static func optional<Value>(
        _ name: String, _ place: WritableKeyPath<Target, Value?> & Sendable, _ rule: ValueRule<Value>, fallback: String,
        _ summary: String
    ) -> ConfigurationKey {
        let entry = KeyEntry(name: name, summary: summary, kind: rule.kind, fallback: fallback)
        return ConfigurationKey(entry: entry) { node, target, path, reader in
            if let value = reader.value(node, rule, at: path) { target[keyPath: place] = value }
        }
    }

    /// A key with keys below it.
    static func section<Part>(
        _ name: String, _ place: WritableKeyPath<Target, Part> & Sendable, _ keys: [ConfigurationKey<Part>],
        _ summary: String
    ) -> ConfigurationKey {
        let entry = KeyEntry(
            name: name, summary: summary, kind: "a section", fallback: "", form: .section, keys: keys.map(\.entry))
        return ConfigurationKey(entry: entry) { node, target, path, reader in
            reader.read(node, keys, into: &target[keyPath: place], at: path)
        }
    }

    private static func value<Value>(
        _ entry: KeyEntry, _ place: WritableKeyPath<Target, Value> & Sendable, _ rule: ValueRule<Value>
    ) -> ConfigurationKey {
        ConfigurationKey(entry: entry) { node, target, path, reader in
            if let value = reader.value(node, rule, at: path) { target[keyPath: place] = value }
        }
    }
}
