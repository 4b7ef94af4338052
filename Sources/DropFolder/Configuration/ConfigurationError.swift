/// All that is wrong with a configuration.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Never empty; in the order of the file, then environment and flags.
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems.sorted { $0.origin < $1.origin }
    }

    /// One line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }

    /// One thing that is wrong.
    public struct Problem: Sendable, Equatable, CustomStringConvertible {
        public let origin: ConfigurationOrigin
        /// Such as `inboxes.0.quiet_seconds`; empty when it is about the whole file.
        public let key: String
        /// What is wrong.
        public let reason: String
        /// What to do.
        public let remedy: String

        public var description: String {
            let key = key.isEmpty ? "" : " \(key):"
            let end = remedy.hasSuffix("?") || remedy.hasSuffix(".") ? "" : "."
            return "\(origin):\(key) \(reason); \(remedy)\(end)"
        }
    }
}

/// Where a value was written.
public enum ConfigurationOrigin: Sendable, Hashable, CustomStringConvertible, Comparable {
    /// Lines and columns count from 1; line 0 is the file as a whole.
    case file(String, line: Int, column: Int)
    case environment(String)
    case flag(String)

    public var description: String {
        switch self {
        case .file(let path, 0, _): path
        case .file(let path, let line, let column): "\(path):\(line):\(column)"
        case .environment(let name): "environment \(name)"
        case .flag(let text): "--set \(text)"
        }
    }

    private var rank: (Int, Int, Int) {
        switch self {
        case .file(_, let line, let column): (0, line, column)
        case .environment: (1, 0, 0)
        case .flag: (2, 0, 0)
        }
    }

    public static func < (one: ConfigurationOrigin, other: ConfigurationOrigin) -> Bool { one.rank < other.rank }
}
