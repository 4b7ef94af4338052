import Crypto

/// What was dropped, as the harness itself remembers it: nothing of the daemon has a part in it.
struct SoakAccount {
    /// Bytes by their SHA-256: what must become of them.
    enum Content: Equatable {
        /// A record that names so many pages.
        case pages(Int)
        /// A failure.
        case broken
    }

    /// One version of a file that was dropped.
    struct Version {
        let inbox: String
        let sha256: String
        /// False when it was overwritten before anyone can have known that it was whole.
        let mustBeKept: Bool
    }

    private(set) var contents: [String: Content] = [:]
    private(set) var versions: [Version] = []
    /// Documents that a record must come of, for drops of the same bytes under another name.
    private(set) var documents: [[UInt8]] = []

    mutating func add(_ bytes: [UInt8], _ content: Content, inbox: String, mustBeKept: Bool = true) {
        let sha256 = Self.sha256(bytes)
        if contents.updateValue(content, forKey: sha256) == nil, content != .broken { documents.append(bytes) }
        versions.append(Version(inbox: inbox, sha256: sha256, mustBeKept: mustBeKept))
    }

    /// Distinct contents that an engine has to read.
    var documentCount: Int { documents.count }

    static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension SoakAccount {
    /// What is wrong with a count of versions: too few or too many of one.
    func problems(in place: String, _ found: [String: Int], of isExpected: (Content) -> Bool) -> [String] {
        var least: [String: Int] = [:]
        var most: [String: Int] = [:]
        for version in versions where contents[version.sha256].map(isExpected) == true {
            most[version.sha256, default: 0] += 1
            least[version.sha256, default: 0] += version.mustBeKept ? 1 : 0
        }
        let missing = least.filter { found[$0.key, default: 0] < $0.value }
            .map { "\(place): \($0.key) was dropped \($0.value) times and is there \(found[$0.key, default: 0]) times" }
        let surplus = found.filter { $0.value > most[$0.key, default: 0] }
            .map { "\(place): \($0.key) was dropped \(most[$0.key, default: 0]) times and is there \($0.value) times" }
        return missing + surplus
    }
}
