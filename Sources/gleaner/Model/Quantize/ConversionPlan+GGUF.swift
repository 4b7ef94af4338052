import Mistral
import Tensors

extension ConversionPlan {
    /// The decoder of another GGUF file, whose metadata are kept.
    ///
    /// - Parameter requantizing: whether weights that are quantised already may lose more.
    static func decoder(_ file: GGUFFile, mix: WeightMix, requantizing: Bool) throws -> ConversionPlan {
        let metadata = file.metadata
        let architecture = try metadata.string("general.architecture")
        let layers = try metadata.integer(architecture + ".block_count")
        let isTied = !file.contains("output.weight")
        let tensors = try file.tensors.map { tensor in
            let type = mix.type(of: tensor.name, shape: tensor.shape, layers: layers, isTied: isTied)
            if tensor.type.isQuantized, tensor.type != type, !requantizing {
                throw FileFailure(
                    message: "\(file.path): it is quantised already (\"\(tensor.name)\" is \(tensor.type)); quantise "
                        + "the original, or lose more of it with --requantize", code: .usage)
            }
            return ConversionTensor(tensor, type: type)
        }
        return try ConversionPlan(metadata: kept(metadata, fileType: mix.fileType), tensors: tensors)
    }

    /// The vision part of another GGUF file: matrices become F16, and quantised ones stay as they are.
    static func vision(_ file: GGUFFile) throws -> ConversionPlan {
        let tensors = file.tensors.map { tensor in
            let type: TensorType = tensor.type.isQuantized ? tensor.type : tensor.shape.count > 1 ? .f16 : .f32
            return ConversionTensor(tensor, type: type)
        }
        let isQuantized = tensors.contains { $0.type.isQuantized }
        let fileType = try isQuantized ? file.metadata.ifPresent("general.file_type", file.metadata.integer) : 1
        return try ConversionPlan(
            metadata: kept(file.metadata, fileType: UInt32(clamping: fileType ?? 1)), tensors: tensors)
    }

    /// All metadata but those that tell how the file itself is stored.
    private static func kept(_ metadata: GGUFMetadata, fileType: UInt32) throws(GGUFError) -> [GGUFKeyValue] {
        let replaced = ["general.file_type", "general.quantization_version", "general.alignment"]
        var entries: [GGUFKeyValue] = []
        for key in metadata.keys where !replaced.contains(key) && !key.hasPrefix("split.") {
            if let entry = try GGUFKeyValue.copy(of: key, in: metadata) { entries.append(entry) }
        }
        return entries + [.uint32("general.file_type", fileType), .uint32("general.quantization_version", 2)]
    }
}
