import Tensors

extension ModelFiles {
    /// A folder with safetensors files, in Hugging Face's form if that is complete, else in Mistral's.
    init(folder: FolderListing) throws(ModelError) {
        let hasMistral = folder.contains(Self.parameters) && folder.contains(Self.consolidated)
        let shards = folder.contains(Self.configuration) ? try SafetensorsShards(folder) : nil
        if let shards, shards.missing.isEmpty {
            let other = hasMistral ? ["\(Self.consolidated) holds the same weights and is not used"] : []
            self.init(
                folder, .huggingFace, configuration: Self.configuration, weights: shards.files, remarks: other)
        } else if hasMistral {
            let remark = shards.map { "\(Self.consolidated) is used: \(Self.list($0.missing)) is missing" }
            self.init(
                folder, .mistral, configuration: Self.parameters, weights: [Self.consolidated],
                remarks: [remark].compactMap(\.self))
        } else {
            throw .incomplete(path: folder.path, reason: Self.missing(folder, shards))
        }
    }

    private init(
        _ folder: FolderListing, _ format: Format, configuration: String, weights: [String], remarks: [String]
    ) {
        let files = weights.map(folder.file)
        self.init(
            path: folder.path, format: format, configuration: folder.file(configuration), weights: files,
            tokenizer: folder.contains(Self.tokenizer) ? folder.file(Self.tokenizer) : nil,
            weightBytes: FolderListing.bytes(of: files), remarks: remarks)
    }

    /// What to download so that the folder holds a model.
    private static func missing(_ folder: FolderListing, _ shards: SafetensorsShards?) -> String {
        if let shards { return "\(list(shards.missing)) is missing; download it from the model's repository" }
        if folder.contains(parameters) { return "\(consolidated) is missing; download it from the model's repository" }
        let settings = folder.contains(consolidated) ? parameters : configuration
        return "\(settings) is missing; download it from the model's repository"
    }

    /// Some names in words.
    private static func list(_ names: [String]) -> String {
        guard names.count > 3, let first = names.first else { return names.joined(separator: ", ") }
        return "\(first) (and \(names.count - 1) more)"
    }
}
