extension MistralConfiguration {
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
