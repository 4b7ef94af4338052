import CKernels

/// Where in a page the keys and values of each layer and head lie.
///
/// For each layer, for each key-value head: keys as (headDimension, positions), so that a query meets whole vectors of
/// keys; their scales (headDimension / 32, positions); values (positions, headDimension); their scales
/// (positions, headDimension / 32).
struct KeyValueLayout: Sendable, Equatable {
    static let positions = Int(CK_BLOCK_KEYS)

    let layers: Int
    let keyValueHeads: Int
    let headDimension: Int
    let format: KeyValueFormat

    private var numbers: Int { Self.positions * headDimension }

    var keyScalesOffset: Int { format.numberBytes(numbers) }
    var valuesOffset: Int { aligned(keyScalesOffset + format.scaleBytes(numbers)) }
    var valueScalesOffset: Int { valuesOffset + keyScalesOffset }
    /// Bytes of one head of one layer.
    var headBytes: Int { 2 * valuesOffset }
    /// Bytes of a page.
    var pageBytes: Int { layers * keyValueHeads * headBytes }

    func offset(layer: Int, head: Int) -> Int { (layer * keyValueHeads + head) * headBytes }

    private func aligned(_ bytes: Int) -> Int { (bytes + 63) / 64 * 64 }
}
