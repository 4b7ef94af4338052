/// One way in which the text so far can be read: a place in the grammar, and what encloses it.
struct Configuration: Equatable {
    enum Kind: UInt8 {
        /// The whole text is read.
        case done
        /// A value begins; `place` is the value, `state` 1 if a space may come first.
        case value
        /// Inside a constant; `place` is the trie node.
        case literal
        /// Inside a number; `place` is 1 if it must be an integer, `state` a `NumberState`, `count` the digits so far.
        case number
        /// Inside a string; `place` is the rule, `state` that of the `StringAutomaton`, `count` the code points so far.
        case string
        /// After the opening brace; `place` is the object.
        case objectStart
        /// Before the opening quote of a key; `count` is the first member that may come.
        case keyStart
        /// Inside a key; `place` is the trie node, `count` the first member that may come.
        case key
        /// After the closing quote of a key; `count` is the member.
        case afterKey
        /// After a member; `count` is the first member that may come next.
        case afterMember
        /// After the opening bracket; `place` is the array.
        case arrayStart
        /// After an element; `count` is the elements so far.
        case afterElement
    }

    var kind: Kind
    var state: UInt8 = 0
    var place: Int32 = 0
    var count: Int32 = 0
    /// The frame to return to when the innermost value is complete; -1 at the root.
    var parent: Int32 = -1
}

/// What goes on after an enclosed value: an `afterMember` or `afterElement`.
struct Frame {
    var continuation: Configuration
    /// Arrays and objects open inside this frame.
    var depth: Int32
    /// Fewest bytes from the continuation to the end of the text.
    var shortest: Int
}

/// States inside a number (RFC 8259, section 6).
enum NumberState {
    static let minus: UInt8 = 0
    static let zero: UInt8 = 1
    static let integer: UInt8 = 2
    static let point: UInt8 = 3
    static let fraction: UInt8 = 4
    static let exponent: UInt8 = 5
    static let exponentSign: UInt8 = 6
    static let exponentDigits: UInt8 = 7

    /// Whether a number may end in `state`.
    @inline(__always)
    static func isComplete(_ state: UInt8) -> Bool { 0b1001_0110 >> state & 1 == 1 }
}
