/// The members of a JSON object in the order they were written, with unique keys.
///
/// Lookup compares keys one by one in small objects and goes through a hash index in larger ones.
/// Keys are the same when their code points are: no Unicode normalisation takes place.
public struct JSONObject: Sendable {
    /// Up to this many members a linear search beats hashing and saves the index.
    private static let linearSearchLimit = 8

    /// The members in order.
    public private(set) var members: [(key: String, value: JSONValue)] = []
    private var index: [KeyBytes: Int] = [:]

    public init() {}

    /// An object with these members in this order; of a repeated key the last value stands at the first place.
    public init(_ members: [(key: String, value: JSONValue)]) {
        for (key, value) in members { self[key] = value }
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: [String] { members.map(\.key) }

    /// The value for `key`; setting a new key appends it, setting nil removes the member (cost: all members).
    public subscript(_ key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil):
                members.remove(at: position)
                index = [:]
                if members.count > Self.linearSearchLimit { buildIndex() }
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Whether a member is called `key`.
    public func contains(key: String) -> Bool { position(of: key) != nil }

    /// Appends a member unless the key is taken; returns whether it was appended.
    mutating func appendIfNew(_ key: String, _ value: JSONValue) -> Bool {
        guard position(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if members.count == Self.linearSearchLimit + 1 {
            buildIndex()
        } else if members.count > Self.linearSearchLimit {
            index[KeyBytes(key)] = members.count - 1
        }
    }

    private mutating func buildIndex() {
        index.reserveCapacity(members.count * 2)
        for position in members.indices { index[KeyBytes(members[position].key)] = position }
    }

    /// Where the member called `key` stands in `members`.
    func position(of key: String) -> Int? {
        if members.count > Self.linearSearchLimit { return index[KeyBytes(key)] }
        for position in members.indices where members[position].key.utf8.elementsEqual(key.utf8) {
            return position
        }
        return nil
    }
}

extension JSONObject: Hashable {
    /// Same keys with equal values, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        // A sum of member hashes, so that the order does not matter.
        var sum = 0
        for (key, value) in members {
            var member = Hasher()
            member.combine(KeyBytes(key))
            member.combine(value)
            sum &+= member.finalize()
        }
        hasher.combine(count)
        hasher.combine(sum)
    }
}

/// A key compared by its bytes: Swift's `String` equality would take canonically equivalent keys for one.
struct KeyBytes: Hashable, Sendable {
    let key: String
    init(_ key: String) { self.key = key }
    static func == (left: KeyBytes, right: KeyBytes) -> Bool { left.key.utf8.elementsEqual(right.key.utf8) }
    // The string's own hash is that of its normal form, in which many different keys can be made to collide.
    func hash(into hasher: inout Hasher) {
        for byte in key.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}
