extension SettingNode {
    /// Replaces the value under a key path such as `inboxes.invoices.quiet_seconds`.
    ///
    /// What is missing on the way is made; a key that does not exist is found when the tree is read.
    ///
    /// - Returns: what is wrong with the key path, or nil.
    mutating func set(_ text: String, at path: Substring, origin: ConfigurationOrigin) -> (
        reason: String, remedy: String
    )? {
        guard !path.isEmpty else {
            self = SettingNode(origin: origin, content: .scalar(text, .override))
            return nil
        }
        switch content {
        case .scalar:
            return ("there are no keys below this value", "leave out \"\(path)\"")
        case .sequence(var elements):
            guard let (index, rest) = Self.element(of: elements, at: path) else {
                let names = elements.indices.map { "\($0)" } + elements.compactMap(\.inboxName)
                return ("there is no such element: \"\(path)\"", "begin with one of \(names.joined(separator: ", "))")
            }
            let problem = elements[index].set(text, at: rest, origin: origin)
            content = .sequence(elements)
            return problem
        case .mapping(var entries):
            let (key, rest) = Self.split(path, known: entries.map(\.key))
            if let index = entries.firstIndex(where: { $0.key == key }) {
                let problem = entries[index].value.set(text, at: rest, origin: origin)
                content = .mapping(entries)
                return problem
            }
            var value = SettingNode(origin: origin, content: .mapping([]))
            let problem = value.set(text, at: rest, origin: origin)
            content = .mapping(entries + [Entry(key: key, origin: origin, value: value)])
            return problem
        }
    }

    /// What an inbox is called before it is read: its name, or the last component of its path.
    private var inboxName: String? {
        text(of: "name") ?? text(of: "path").flatMap { $0.split(separator: "/").last.map(String.init) }
    }

    /// Names come before indices: an inbox may be called 2026.
    private static func element(of elements: [SettingNode], at path: Substring) -> (Int, rest: Substring)? {
        let names = elements.map { $0.inboxName ?? "" }
        let (key, rest) = split(path, known: names)
        let index = names.firstIndex(of: key) ?? Int(key).flatMap { elements.indices.contains($0) ? $0 : nil }
        return index.map { ($0, rest) }
    }

    /// The first key of a path: the longest known one, which may have dots in it, or all up to the first dot.
    private static func split(_ path: Substring, known: [String]) -> (key: String, rest: Substring) {
        let matching = known.filter { !$0.isEmpty && (path == $0 || path.hasPrefix($0 + ".")) }
        let key = matching.max { $0.utf8.count < $1.utf8.count } ?? String(path.prefix { $0 != "." })
        return (key, path.dropFirst(key.count).dropFirst())
    }
}
