extension MistralConfiguration {
    /// The settings of the model at a path; its weights and tokenizer need not be there.
    public init(modelAt path: String) throws(ModelError) {
        let folder = FolderListing(path)
        if let folder, folder.contains(ModelFiles.configuration) {
            try self.init(path: folder.file(ModelFiles.configuration))
        } else if let folder, folder.contains(ModelFiles.parameters) {
            try self.init(nativePath: folder.file(ModelFiles.parameters))
        } else {
            try self.init(files: ModelFiles(path: path))
        }
    }

    /// What the files say; of safetensors files only the settings beside them are read.
    public init(files: ModelFiles) throws(ModelError) {
        if let gguf = files.gguf {
            try self.init(text: gguf.text, vision: gguf.vision)
        } else if files.format == .mistral {
            try self.init(nativePath: files.configuration ?? "")
        } else {
            try self.init(path: files.configuration ?? "")
        }
    }
}
