/// Numbers that a type of weights cannot hold.
public enum QuantizationError: Error, Equatable, CustomStringConvertible {
    /// Weights of this type can be read but not written.
    case unwritable(TensorType)
    /// Rows of so many weights are no whole number of blocks.
    case incompleteBlock(TensorType, columns: Int)
    /// The number at this index, row by row, is infinite or not a number.
    case notFinite(index: Int)
    /// Numbers at this index or soon behind it are too large for the type's scales.
    case tooLarge(TensorType, index: Int)

    public var description: String {
        switch self {
        case .unwritable(let type):
            let types = TensorType.allCases.filter(\.canQuantize).map(\.name).joined(separator: ", ")
            return "\(type) cannot be written, but \(types) can"
        case .incompleteBlock(let type, let columns):
            return "rows of \(columns) weights are no whole number of \(type) blocks of \(type.weightsPerBlock)"
        case .notFinite(let index): return "the number at index \(index) is infinite or not a number"
        case .tooLarge(let type, let index): return "the numbers from index \(index) on are too large for \(type)"
        }
    }

    /// The same fault of numbers that stand further back.
    func moved(by offset: Int) -> QuantizationError {
        switch self {
        case .unwritable, .incompleteBlock: self
        case .notFinite(let index): .notFinite(index: index + offset)
        case .tooLarge(let type, let index): .tooLarge(type, index: index + offset)
        }
    }
}
