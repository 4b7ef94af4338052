/// What environment and flags say instead of the file.
enum ConfigurationOverrides {
    /// The variables of all keys that have a value: `GLEANER_LOG_LEVEL` and the key path `log.level`.
    static let variables: [(name: String, key: String)] = variables(
        of: ConfigurationTable.keys.map(\.entry), prefix: "", key: "")

    /// Sets the environment's values, then those of `--set`.
    static func apply(
        environment: [String: String], settings: [String], to root: inout SettingNode
    ) -> [ConfigurationError.Problem] {
        var problems = unknown(environment)
        for (name, key) in variables {
            // Set to nothing is not set.
            guard let text = environment[name], !text.isEmpty else { continue }
            let origin = ConfigurationOrigin.environment(name)
            if let (reason, remedy) = root.set(text, at: Substring(key), origin: origin) {
                problems.append(.init(origin: origin, key: key, reason: reason, remedy: remedy))
            }
        }
        for setting in settings {
            let origin = ConfigurationOrigin.flag(setting)
            guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
                problems.append(
                    .init(
                        origin: origin, key: "", reason: "there is no key and value in this",
                        remedy: "write it like log.level=debug"))
                continue
            }
            let key = setting[..<equals]
            let text = String(setting[setting.index(after: equals)...])
            if let (reason, remedy) = root.set(text, at: key, origin: origin) {
                problems.append(.init(origin: origin, key: String(key), reason: reason, remedy: remedy))
            }
        }
        return problems
    }

    /// Variables that begin like a section and are none of its keys. Others may belong to someone else.
    private static func unknown(_ environment: [String: String]) -> [ConfigurationError.Problem] {
        let names = variables.map(\.name)
        let sections = ConfigurationTable.keys.filter { $0.entry.form == .section }.map {
            variable($0.entry.name) + "_"
        }
        let unknown = environment.keys.filter { name in
            sections.contains { name.hasPrefix($0) } && !names.contains(name)
        }
        return unknown.sorted().map { name in
            let section = sections.first { name.hasPrefix($0) } ?? ""
            return .init(
                origin: .environment(name), key: "", reason: "there is no such key",
                remedy: NearestName.advice(name, names.filter { $0.hasPrefix(section) }))
        }
    }

    private static func variables(of entries: [KeyEntry], prefix: String, key: String) -> [(name: String, key: String)]
    {
        entries.flatMap { entry -> [(name: String, key: String)] in
            let name = prefix.isEmpty ? variable(entry.name) : "\(prefix)_\(entry.name.uppercased())"
            let path = ConfigurationReader.join(key, entry.name)
            switch entry.form {
            case .value: return [(name, path)]
            case .section: return variables(of: entry.keys, prefix: name, key: path)
            case .list, .map: return []
            }
        }
    }

    private static func variable(_ key: String) -> String { "GLEANER_" + key.uppercased() }
}
