/// Reads a tree of values by tables of keys, and gathers all that is wrong.
struct ConfigurationReader {
    /// The path of the configuration.
    let file: String
    let workingFolder: String
    var problems: [ConfigurationError.Problem] = []
    /// Where each key was written, by its path.
    private var origins: [String: ConfigurationOrigin] = [:]

    init(file: String, workingFolder: String) {
        self.file = file
        self.workingFolder = workingFolder
    }

    /// Where a key was written, or what it would stand in.
    func origin(of key: String) -> ConfigurationOrigin {
        var key = Substring(key)
        while origins[String(key)] == nil, !key.isEmpty {
            key = key[..<(key.lastIndex(of: ".") ?? key.startIndex)]
        }
        return origins[String(key)] ?? .file(file, line: 0, column: 0)
    }

    /// Reads a mapping; what it does not mention stays as it is in `target`.
    mutating func read<Target>(
        _ node: SettingNode, _ keys: [ConfigurationKey<Target>], into target: inout Target, at path: String
    ) {
        origins[path] = node.origin
        guard case .mapping(let entries) = node.content else {
            let names = keys.prefix(3).map(\.entry.name).joined(separator: ", ")
            report(node.origin, path, "this is not a section", "write keys below it, such as \(names)")
            return
        }
        let names = keys.map(\.entry.name)
        for entry in entries where !names.contains(entry.key) {
            report(
                entry.origin, Self.join(path, entry.key), "there is no such key", NearestName.advice(entry.key, names))
        }
        for key in keys {
            let place = Self.join(path, key.entry.name)
            if let entry = entries.first(where: { $0.key == key.entry.name }) {
                origins[place] = entry.value.origin
                key.read(entry.value, &target, place, &self)
            } else if key.entry.isRequired {
                report(node.origin, place, "the key is missing", "add it: \(key.entry.summary)")
            }
        }
    }

    /// Reads one value; nil when it is wrong, which is then among the problems.
    mutating func value<Value>(_ node: SettingNode, _ rule: ValueRule<Value>, at path: String) -> Value? {
        guard case .scalar(let text, let style) = node.content else {
            report(node.origin, path, "this is not a single value", "write \(rule.kind)")
            return nil
        }
        let isNull = style == .plain && ["~", "null", "Null", "NULL"].contains(text)
        guard !isNull, !text.isEmpty else {
            report(node.origin, path, "the value is missing", "write \(rule.kind), or remove the key")
            return nil
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            report(node.origin, path, "the value has a control character in it", "write \(rule.kind)")
            return nil
        }
        guard rule.isText || style != .quoted else {
            report(node.origin, path, "\"\(text)\" in quotes is a text", "write \(rule.kind) without quotes")
            return nil
        }
        let base: String
        if case .file = node.origin { base = FolderPath.parent(of: file) } else { base = workingFolder }
        guard let value = rule.read(text, base) else {
            report(node.origin, path, "\"\(text)\" is not \(rule.kind)", "write \(rule.example ?? rule.kind)")
            return nil
        }
        return value
    }

    mutating func report(_ origin: ConfigurationOrigin, _ key: String, _ reason: String, _ remedy: String) {
        problems.append(.init(origin: origin, key: key, reason: reason, remedy: remedy))
    }

    static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
