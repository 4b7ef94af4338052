import ArgumentParser
import Tensors

/// Which type each tensor of a quantised model gets: the mixes that llama.cpp has under these names.
///
/// The `_m` ones give more bits to what costs most: the values of attention and the last matrix of the feed-forward
/// network in about half of the layers, and the output matrix.
// swift-format-ignore: AlwaysUseLowerCamelCase
enum WeightMix: String, CaseIterable, ExpressibleByArgument {
    case q8_0, q6_k, q5_k_m, q4_k_m

    /// As files and model pages spell it.
    var name: String { rawValue.uppercased() }

    /// The value of `general.file_type` that stands for it.
    var fileType: UInt32 {
        switch self {
        case .q8_0: 7
        case .q4_k_m: 15
        case .q5_k_m: 17
        case .q6_k: 18
        }
    }

    private var base: TensorType {
        switch self {
        case .q8_0: .q8_0
        case .q6_k: .q6_K
        case .q5_k_m: .q5_K
        case .q4_k_m: .q4_K
        }
    }

    /// The type of a tensor of the decoder, by its name in GGUF files.
    ///
    /// - Parameters:
    ///   - layers: of the decoder.
    ///   - isTied: whether the embedding is the output matrix too.
    func type(of name: String, shape: [Int], layers: Int, isTied: Bool) -> TensorType {
        guard shape.count >= 2 else { return .f32 }
        return Self.fitting(wanted(name, layers: layers, isTied: isTied), columns: shape.last ?? 1)
    }

    private func wanted(_ name: String, layers: Int, isTied: Bool) -> TensorType {
        if name == "output.weight" || (isTied && name == "token_embd.weight") { return self == .q8_0 ? .q8_0 : .q6_K }
        guard self == .q4_k_m || self == .q5_k_m else { return base }
        let parts = name.split(separator: ".")
        guard parts.count == 4, parts[0] == "blk", let layer = Int(parts[1]),
            parts[2] == "attn_v" || parts[2] == "ffn_down"
        else { return base }
        let isSpecial = layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2
        return isSpecial ? .q6_K : base
    }

    /// The type, or the nearest larger one whose blocks rows of so many weights consist of.
    private static func fitting(_ type: TensorType, columns: Int) -> TensorType {
        let larger: [TensorType: TensorType] = [.q4_K: .q5_0, .q5_K: .q5_1, .q6_K: .q8_0]
        var type = type
        while !columns.isMultiple(of: type.weightsPerBlock) { type = larger[type] ?? .f16 }
        return type
    }
}
