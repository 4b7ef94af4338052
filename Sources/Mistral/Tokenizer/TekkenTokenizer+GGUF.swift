import Tensors

extension TekkenTokenizer {
    /// The tokenizer of a model's files: `tekken.json`, or the vocabulary that a GGUF file holds.
    ///
    /// - Throws: `.missing` if there is no tekken.json, `.vocabulary` for the vocabularies of other models.
    public init(files: ModelFiles) throws(TekkenError) {
        if let gguf = files.gguf {
            let configuration = try? MistralConfiguration(files: files)
            try self.init(gguf: gguf.text, vision: configuration?.vision)
        } else {
            guard let tokenizer = files.tokenizer else { throw .missing(folder: files.folder) }
            try self.init(contentsOfFile: tokenizer)
        }
    }

    /// Rebuilds the tokenizer from the metadata of a GGUF file.
    ///
    /// Tokens are in the order of their ids, first the control tokens, then byte strings by rank, in the alphabet of
    /// GPT-2. The merges in the file say nothing new: the lower rank is the earlier merge.
    /// - Parameter vision: gives the image settings.
    /// - Throws: `TekkenError.vocabulary`.
    public init(gguf file: GGUFFile, vision: MistralConfiguration.Vision? = nil) throws(TekkenError) {
        let vocabulary = try GGUFVocabulary(file)
        self.init(
            table: try vocabulary.table(), specialTokens: vocabulary.controlTokens,
            version: TekkenVersion(controlTokens: vocabulary.controlTokens, chatTemplate: vocabulary.chatTemplate),
            imageSettings: vision.map {
                TekkenImageSettings(
                    patchSize: $0.patchSize, maximumImageSize: $0.imageSize, spatialMergeSize: $0.spatialMergeSize)
            })
    }
}
