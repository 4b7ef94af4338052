import Mistral
import Tensors

/// A GGUF file that is to be written: all it says, and where its weights come from.
struct ConversionPlan {
    let tensors: [ConversionTensor]
    let layout: GGUFLayout

    init(metadata: [GGUFKeyValue], tensors: [ConversionTensor]) throws(GGUFWriterError) {
        self.tensors = tensors
        layout = try GGUFLayout(metadata: metadata, tensors: tensors.map(\.layout))
    }

    /// Bytes of all weights as 32-bit floats: what `ConversionTensor.write` reports in all.
    var workByteCount: Int { tensors.reduce(0) { $0 + 4 * $1.shape.reduce(1, *) } }

    /// What the weights are stored with on average.
    var bitsPerWeight: Double { 32 * Double(layout.byteCount) / Double(max(1, workByteCount)) }
}

extension ConversionPlan {
    /// The decoder of a model in safetensors files.
    static func decoder(
        _ tensors: [ModelTensor], _ configuration: MistralConfiguration, _ tokenizer: TekkenTokenizer, name: String,
        license: String?, mix: WeightMix
    ) throws -> ConversionPlan {
        let tensors = tensors.filter { !$0.isVision }
        let isTied = !tensors.contains { $0.name == "output.weight" }
        let metadata = try TextMetadata.entries(
            configuration.text, name: name, license: license, fileType: mix.fileType)
        return try ConversionPlan(
            metadata: metadata + TokenizerMetadata.entries(tokenizer),
            tensors: tensors.map { tensor in
                let layers = configuration.text.layers
                let type = mix.type(of: tensor.name, shape: tensor.shape, layers: layers, isTied: isTied)
                return ConversionTensor(tensor, type: type)
            })
    }

    /// Vision encoder and projector of a model in safetensors files: matrices in F16, vectors in F32.
    static func vision(
        _ tensors: [ModelTensor], _ vision: MistralConfiguration.Vision, textSize: Int, name: String
    ) throws -> ConversionPlan {
        try ConversionPlan(
            metadata: VisionMetadata.entries(vision, textSize: textSize, name: name),
            tensors: tensors.filter(\.isVision).map { ConversionTensor($0, type: $0.shape.count > 1 ? .f16 : .f32) })
    }
}
