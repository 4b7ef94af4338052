import Yams

extension SettingNode {
    /// More than any configuration has; aliases of aliases can stand for billions.
    private static let mostNodes = 100_000

    /// Parses YAML, with what is wrong with its form: keys given twice, keys that are lists.
    ///
    /// - Throws: one problem when it is not YAML or has no mapping at its top.
    static func parse(
        yaml: [UInt8], path: String
    ) throws(ConfigurationError) -> (root: SettingNode, problems: [ConfigurationError.Problem]) {
        guard let text = String(validating: yaml, as: UTF8.self) else {
            throw wrong(path, nil, "the file is not UTF-8 text", "save it as UTF-8")
        }
        let composed: Node?
        do {
            composed = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw problem(error, path: path)
        } catch {
            throw wrong(path, nil, "\(error)", "correct it")
        }
        var converter = Converter(path: path, nodesLeft: mostNodes)
        let root: SettingNode
        switch composed {
        case nil: root = SettingNode(origin: converter.origin(nil), content: .mapping([]))
        case .some(let node): root = converter.convert(node, key: "")
        }
        guard case .mapping = root.content else {
            throw wrong(
                path, composed?.mark, "the file has no keys at its top", "write lines such as `state: /var/lib/gleaner`"
            )
        }
        return (root, converter.problems)
    }

    private static func wrong(_ path: String, _ mark: Mark?, _ reason: String, _ remedy: String) -> ConfigurationError {
        let origin = ConfigurationOrigin.file(path, line: mark?.line ?? 0, column: mark?.column ?? 0)
        return ConfigurationError([.init(origin: origin, key: "", reason: reason, remedy: remedy)])
    }

    private static func problem(_ error: YamlError, path: String) -> ConfigurationError {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let context = context.map { " (\($0.text))" } ?? ""
            return wrong(path, mark, "this is not YAML: \(problem)\(context)", "correct the line or the one above it")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            return wrong(path, context.mark, "\(names) is given more than once", "keep one")
        case .reader(let problem, _, _, _):
            return wrong(path, nil, "this is not YAML: \(problem)", "remove the character that YAML does not allow")
        default:
            return wrong(path, nil, "this is not YAML: \(error)", "correct it")
        }
    }
}

/// Yams' nodes to ours.
private struct Converter {
    let path: String
    var nodesLeft: Int
    var problems: [ConfigurationError.Problem] = []

    init(path: String, nodesLeft: Int) {
        self.path = path
        self.nodesLeft = nodesLeft
    }

    func origin(_ mark: Mark?) -> ConfigurationOrigin {
        .file(path, line: mark?.line ?? 0, column: mark?.column ?? 0)
    }

    mutating func convert(_ node: Node, key: String) -> SettingNode {
        let origin = origin(node.mark)
        nodesLeft -= 1
        guard nodesLeft > 0 else {
            if nodesLeft == 0 { report(origin, key, "the file has too many values", "write them without aliases") }
            return SettingNode(origin: origin, content: .mapping([]))
        }
        switch node {
        case .scalar(let scalar):
            return SettingNode(
                origin: origin, content: .scalar(scalar.string, scalar.style == .plain ? .plain : .quoted))
        case .sequence(let sequence):
            let elements = sequence.enumerated().map { convert($1, key: "\(key).\($0)") }
            return SettingNode(origin: origin, content: .sequence(elements))
        case .mapping(let mapping):
            return SettingNode(origin: origin, content: .mapping(entries(of: mapping, key: key)))
        case .alias:
            report(origin, key, "an alias stands for nothing here", "write the value itself")
            return SettingNode(origin: origin, content: .mapping([]))
        }
    }

    private mutating func entries(of mapping: Node.Mapping, key: String) -> [SettingNode.Entry] {
        var entries: [SettingNode.Entry] = []
        for (name, value) in mapping {
            guard let text = name.scalar?.string else {
                report(origin(name.mark), key, "a key is a list or a mapping", "write a plain word")
                continue
            }
            let path = key.isEmpty ? text : "\(key).\(text)"
            // Yams finds most of them, but tells the number 5 from the text "5".
            guard !entries.contains(where: { $0.key == text }) else {
                report(origin(name.mark), path, "the key is given more than once", "keep one")
                continue
            }
            entries.append(.init(key: text, origin: origin(name.mark), value: convert(value, key: path)))
        }
        return entries
    }

    private mutating func report(_ origin: ConfigurationOrigin, _ key: String, _ reason: String, _ remedy: String) {
        problems.append(.init(origin: origin, key: key, reason: reason, remedy: remedy))
    }
}
