/// Which two numbers of a head are rotated together: the order of the rows of query and key weights decides it.
public enum RotaryPairs: Sendable {
    /// (i, i + headDimension / 2), as in Hugging Face's weight files.
    case halves
    /// (2 i, 2 i + 1), as in Mistral's own weight files and in GGUF.
    case adjacent
}

/// Cosines and sines of the rotation of each row: two matrices (rows, headDimension / 2).
///
/// Source: Su and others, "RoFormer: Enhanced Transformer with Rotary Position Embedding", 2021.
public struct RotaryTable: Sendable {
    public let cosines: Matrix
    public let sines: Matrix
    public let pairs: RotaryPairs
    /// What the queries of each row are multiplied by after their rotation; nil: nothing.
    public let queryFactors: [Float]?

    public init(cosines: Matrix, sines: Matrix, pairs: RotaryPairs = .halves, queryFactors: [Float]? = nil) {
        precondition(cosines.rows == sines.rows && cosines.columns == sines.columns)
        precondition(queryFactors.map { $0.count == cosines.rows } ?? true)
        self.cosines = cosines
        self.sines = sines
        self.pairs = pairs
        self.queryFactors = queryFactors
    }

    /// The rows of several tables one after the other; they must agree in their pairs.
    public init(joining tables: [RotaryTable]) {
        guard tables.count != 1 else {
            self = tables[0]
            return
        }
        let pairs = tables.first?.pairs ?? .halves
        precondition(tables.allSatisfy { $0.pairs == pairs })
        let hasFactors = tables.contains { $0.queryFactors != nil }
        self.init(
            cosines: Matrix(joining: tables.map(\.cosines)), sines: Matrix(joining: tables.map(\.sines)), pairs: pairs,
            queryFactors: hasFactors
                ? tables.flatMap { $0.queryFactors ?? Array(repeating: 1, count: $0.cosines.rows) } : nil)
    }
}

extension Matrix {
    /// The rows of several matrices of one width, one after the other.
    public init(joining parts: [Matrix]) {
        self.init(uninitializedRows: parts.reduce(0) { $0 + $1.rows }, columns: parts.first?.columns ?? 0)
        var first = 0
        for part in parts {
            replaceRows(from: first, with: part)
            first += part.rows
        }
    }
}

/// Heads of an attention layer: `heads` queries share `keyValueHeads` keys and values, in consecutive groups.
public struct AttentionShape: Sendable, Equatable {
    public let heads: Int
    public let keyValueHeads: Int
    public let headDimension: Int

    public init(heads: Int, keyValueHeads: Int, headDimension: Int) {
        precondition(heads > 0 && keyValueHeads > 0 && heads % keyValueHeads == 0)
        precondition(headDimension > 0 && headDimension % 2 == 0)
        self.heads = heads
        self.keyValueHeads = keyValueHeads
        self.headDimension = headDimension
    }

    /// Columns of queries, keys and values side by side.
    public var joinedColumns: Int { (heads + 2 * keyValueHeads) * headDimension }
    var queryColumns: Int { heads * headDimension }
    var keyColumns: Int { keyValueHeads * headDimension }
    var group: Int { heads / keyValueHeads }
    var scale: Float { 1 / Float(headDimension).squareRoot() }
}
