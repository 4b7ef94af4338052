/// Colours and weights of text on a terminal; plain text where there is none, or where NO_COLOR asks for it.
struct TerminalStyle: Sendable {
    let isColoured: Bool

    static let standardError = TerminalStyle(
        isColoured: StandardError.isTerminal && (ProcessEnvironment.variables["NO_COLOR"] ?? "").isEmpty)

    func bold(_ text: String) -> String { styled(text, "1") }
    func dim(_ text: String) -> String { styled(text, "2") }
    func red(_ text: String) -> String { styled(text, "31") }
    func green(_ text: String) -> String { styled(text, "32") }
    func yellow(_ text: String) -> String { styled(text, "33") }

    private func styled(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
