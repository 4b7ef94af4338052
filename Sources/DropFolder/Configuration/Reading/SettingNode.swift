/// A value of a configuration, with the place where it was written.
struct SettingNode {
    var origin: ConfigurationOrigin
    var content: Content

    enum Content {
        case scalar(String, Style)
        case mapping([Entry])
        case sequence([SettingNode])
    }

    struct Entry {
        var key: String
        var origin: ConfigurationOrigin
        var value: SettingNode
    }

    enum Style {
        /// Without quotes: it may be a number, true or null.
        case plain
        case quoted
        /// From the environment or a flag: whatever the key takes.
        case override
    }

    /// The text of the scalar under a key.
    func text(of key: String) -> String? {
        guard case .mapping(let entries) = content,
            let entry = entries.first(where: { $0.key == key }), case .scalar(let text, _) = entry.value.content
        else { return nil }
        return text
    }
}
