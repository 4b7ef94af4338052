/// A compiled grammar: flat tables that the pushdown machine walks by index.
///
/// Costs are bytes. "Shortest" is the shortest text that completes something, without optional whitespace.
struct GrammarTables: Sendable {
    /// The cost of what cannot be; sums of many of them do not overflow.
    static let unreachable = 1 << 48

    /// All that one value may be: ranges into `alternatives`, whose entries lead to rules and shapes.
    struct Value: Sendable {
        /// Root of the trie of its scalar constants, or -1.
        var literals: Int32 = -1
        var numbers: Range<Int32> = 0..<0
        var strings: Range<Int32> = 0..<0
        var arrays: Range<Int32> = 0..<0
        var objects: Range<Int32> = 0..<0
        var shortest = GrammarTables.unreachable
        /// Nesting depth of the shortest text.
        var depth = 0
    }

    /// One way to fill a place, and the demands of its container that it meets.
    struct Element: Sendable {
        let value: Int32
        let demands: UInt8
    }

    /// How many elements must, and may, meet a demand.
    struct Demand: Sendable {
        let minimum: Int32
        let maximum: Int32
    }

    struct ArrayShape: Sendable {
        var minimum: Int32
        var maximum: Int32
        var isUnique: Bool
        /// The ways to fill place i are the elements `positions[firstPosition + min(i, prefixCount)]`.
        var firstPosition: Int32
        var prefixCount: Int32
        var demands: Range<Int32>
        /// Counts from here on behave the same.
        var countLimit: Int32
        var shortest = GrammarTables.unreachable
        var depth = 0
    }

    struct ObjectShape: Sendable {
        var members: Range<Int32>
        /// Root of the trie of its members' names, or -1.
        var keys: Int32
        /// The string rule of other names, or -1, and where the labels of its states begin in `stateLabels`.
        var nameRule: Int32
        var firstStateLabel: Int32
        /// The ways to fill a property with label i are the elements `labels[firstLabel + i]`.
        var firstLabel: Int32
        var labelCount: Int32
        var minimum: Int32
        var maximum: Int32
        var inAnyOrder: Bool
        /// Whether members call for others.
        var hasRequirements: Bool
        var demands: Range<Int32>
        /// Words of a set of its members, one bit each; `requiredWords` are the first of the required ones in `words`.
        var wordCount: Int32
        var requiredWords: Int32
        var shortest = GrammarTables.unreachable
        var depth = 0

        /// Whether the number of properties matters.
        var countMatters: Bool { minimum > 0 || maximum < .max }
    }

    struct Member: Sendable {
        let elements: Range<Int32>
        /// Bytes of the key, its quotes and the colon.
        let keyCost: Int32
        /// First word of the set of members that must be there if this one is, itself included; -1: none.
        let requirements: Int32
    }

    var options = GrammarOptions()
    /// Where every text begins: before the first of `values`, unless it is no JSON.
    var start = Configuration(kind: .value, place: 0, frame: -1)
    var values: [Value] = []
    var alternatives: [Int32] = []
    var elements: [Element] = []
    var demands: [Demand] = []
    var strings: [StringRule] = []
    /// The string rules that are a format and nothing else.
    var formats: [Int32: String] = [:]
    var numbers: [NumberRule] = []
    var arrays: [ArrayShape] = []
    var positions: [Range<Int32>] = []
    var objects: [ObjectShape] = []
    var members: [Member] = []
    var labels: [Range<Int32>] = []
    var stateLabels: [Int32] = []
    var words: [UInt64] = []
    var tries = ByteTrieForest()
    /// Shortest texts by value, and shortest names by string rule.
    let texts = ShortestTexts()
    let names = ShortestTexts()

    /// The ways to fill place `index` of an array.
    @inline(__always)
    func elements(of array: ArrayShape, at index: Int32) -> Range<Int32> {
        positions[Int(array.firstPosition + min(index, array.prefixCount))]
    }

    /// The label of a name that ends in `state`.
    @inline(__always)
    func label(of object: ObjectShape, _ state: Int32) -> Int32 { stateLabels[Int(object.firstStateLabel + state)] }
}
