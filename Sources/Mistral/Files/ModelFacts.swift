import Tensors

/// What a model's files say about it. Headers and settings are read, no weights.
public struct ModelFacts: Sendable {
    /// Tensors of one type.
    public struct TensorGroup: Sendable, Equatable {
        /// As GGUF and safetensors spell it, such as "Q4_K" or "BF16".
        public let type: String
        public var count: Int
        public var parameters: Int
        public var bytes: Int
    }

    public let files: ModelFiles
    public let configuration: MistralConfiguration
    /// The name in the metadata of a GGUF file.
    public let name: String?
    /// What the files call the architecture, such as "mistral3" or "llama".
    public let architecture: String
    /// The licence that the metadata of a GGUF file or the front matter of a README name.
    public let license: String?
    /// nil if there is no tokenizer, or it cannot be read: `tokenizerError` says why.
    public let tokenizerVersion: TekkenVersion?
    public let tokenizerError: TekkenError?
    /// By type, those with most bytes first.
    public let tensors: [TensorGroup]
    /// Numbers of the decoder.
    public let textParameters: Int
    /// Numbers of vision encoder and projector.
    public let visionParameters: Int

    /// Numbers of all tensors; what is tied is counted once.
    public var parameters: Int { textParameters + visionParameters }
    /// Most positions of a sequence.
    public var context: Int { configuration.text.maxPositions }

    /// - Throws: as the initialisers of `MistralConfiguration` and the readers of the files.
    public init(files: ModelFiles) throws(ModelError) {
        self.files = files
        configuration = try MistralConfiguration(files: files)
        let list = try TensorList(files)
        tensors = list.groups
        textParameters = list.textParameters
        visionParameters = list.visionParameters
        let words = try ModelWords(files)
        (name, architecture, license) = (words.name, words.architecture, words.license)
        do {
            tokenizerVersion = try TekkenTokenizer(files: files).version
            tokenizerError = nil
        } catch {
            (tokenizerVersion, tokenizerError) = (nil, error)
        }
    }
}

/// The tensors of all files, counted.
private struct TensorList {
    private(set) var groups: [ModelFacts.TensorGroup] = []
    private(set) var textParameters = 0
    private(set) var visionParameters = 0

    init(_ files: ModelFiles) throws(ModelError) {
        if let gguf = files.gguf {
            for tensor in gguf.text.tensors { add(tensor, isVision: false) }
            for tensor in gguf.vision?.tensors ?? [] where tensor.name != GGUFWeights.imageBreak {
                add(tensor, isVision: true)
            }
        } else {
            let weights = try SafetensorsWeights(folder: files.folder, format: files.format)
            for name in weights.names {
                let tensor = try weights.tensor(named: name)
                let parameters = Self.count(tensor.shape)
                add(
                    tensor.type, parameters, bytes: parameters * (Self.bytes[tensor.type] ?? 1),
                    isVision: Self.visionParts.contains { name.contains($0) })
            }
        }
        groups.sort { $0.bytes > $1.bytes }
    }

    /// Parts of names that the decoder's tensors have not.
    private static let visionParts = [
        "vision_tower.", "vision_encoder.", "multi_modal_projector.", "vision_language_adapter.", "patch_merger.",
        "pre_mm_projector_norm.",
    ]
    private static let bytes = ["F64": 8, "I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2]

    /// More than any tensor has: shapes of types that cannot be read are not checked against the file.
    private static let mostParameters = 1 << 40

    private static func count(_ shape: [Int]) -> Int {
        shape.reduce(1) { count, extent in
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            return overflow ? mostParameters : min(product, mostParameters)
        }
    }

    private mutating func add(_ tensor: GGUFTensor, isVision: Bool) {
        add(tensor.type.name, Self.count(tensor.shape), bytes: tensor.byteCount, isVision: isVision)
    }

    private mutating func add(_ type: String, _ parameters: Int, bytes: Int, isVision: Bool) {
        if isVision { visionParameters += parameters } else { textParameters += parameters }
        let index = groups.firstIndex { $0.type == type } ?? groups.count
        if index == groups.count { groups.append(.init(type: type, count: 0, parameters: 0, bytes: 0)) }
        groups[index].count += 1
        groups[index].parameters += parameters
        groups[index].bytes += bytes
    }
}
