import Tensors

/// Where weights come from.
protocol WeightSource {
    /// Which numbers of a head are rotated together, by the order of the rows of queries and keys.
    var rotaryPairs: RotaryPairs { get }
    /// True if there is such a tensor.
    func contains(_ name: WeightName) -> Bool
    /// A matrix; the first extent counts the rows, all others together the columns.
    func matrix(_ name: WeightName, shape: [Int]) throws(ModelError) -> WeightMatrix
    /// A vector, whose numbers are finite.
    func vector(_ name: WeightName, count: Int) throws(ModelError) -> [Float]
}
