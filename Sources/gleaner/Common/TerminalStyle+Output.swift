import Foundation

extension TerminalStyle {
    static let standardOutput = TerminalStyle(
        isColoured: isatty(STDOUT_FILENO) == 1 && (ProcessEnvironment.variables["NO_COLOR"] ?? "").isEmpty)
}
