/// One way in which a text can have come here: a place in the innermost value, and the frame around it.
struct Configuration: Hashable {
    enum Kind: UInt8 {
        /// Before a value; `state` is 1 after a space.
        case value
        /// In a scalar constant: `place` is a node of its trie.
        case literal
        /// In a number: `place` is its rule, `count` its digits in the present part.
        case number
        /// In a string: `place` is its rule, `count` its code points.
        case string
        /// In a text that is no JSON: `place` is its rule, `count` its code points.
        case plain
        /// After `{`, before a key or `}`.
        case objectOpen
        /// After a comma in an object, before a key; `state` is 1 after a space.
        case keyStart
        /// In a key: `place` is the node of the trie of members, or -1, `state` that of the rule of other names, or -1.
        case key
        /// After a key: `place` is the member, or -1 less the label of the name.
        case colon
        /// After `[`, before `]`.
        case arrayOpen
        /// After a value inside `frame`.
        case after
        /// After the whole text.
        case done
    }

    let kind: Kind
    /// The beginning of a code point inside a string, as bits of a `CodePointPrefix`; 0 between code points.
    var prefix: UInt32 = 0
    var place: Int32 = 0
    var state: Int32 = 0
    var count: Int32 = 0
    /// The array or object around; -1 for none.
    let frame: Int32
    /// Of the bytes of the value or key so far, where these matter; otherwise 0.
    var hash: UInt64 = 0
}

/// An array or object that is open, with all that decides what it may have yet. Frames never change.
struct Frame {
    /// Index in the arrays or objects of the program.
    let shape: Int32
    /// The frame around; -1 for none.
    var parent: Int32
    let isArray: Bool
    /// Whether this is an array whose elements must differ.
    let isUnique: Bool
    /// Whether a space may stand before the value in work.
    var allowsSpace = false
    /// Whether this array has an element, complete or in work.
    var hasElements = false
    /// Whether hashes of values inside are taken: there is an array of unique elements around.
    let isHashed: Bool
    /// How many arrays and objects are open, this one included.
    let level: Int32
    var array = ArrayProgress()
    var object = ObjectProgress()
    /// Of the elements or properties that are complete; `memberHash` is that of the key of the one in work.
    var hash: UInt64 = 0
    var memberHash: UInt64 = 0
    /// Stands for the hashes of all elements or names so far, where these are kept.
    var list: UInt64 = 0
    /// Bytes that complete the whole text after the value inside this frame that is in work.
    var tail = 0
    /// Frames with the same signature behave the same.
    var signature: UInt64 = 0
}
