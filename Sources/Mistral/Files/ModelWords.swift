import JSONSchema
import Tensors

/// What a model's files call it.
struct ModelWords {
    /// Longest README that is read.
    private static let longestReadme = 4 << 20
    /// Lines of a README's front matter that are read.
    private static let longestFrontMatter = 500

    private(set) var name: String?
    private(set) var architecture: String
    private(set) var license: String?

    init(_ files: ModelFiles) throws(ModelError) {
        if let gguf = files.gguf {
            let general = try ConfigurationReader(gguf: gguf.text, section: "general")
            name = general.value("name")?.stringValue
            architecture = general.value("architecture")?.stringValue ?? ""
            license = general.value("license")?.stringValue
        } else {
            architecture = "mistral"
            let limit = MistralConfiguration.longestFile
            if files.format == .huggingFace, let path = files.configuration,
                let bytes = try? MemoryMappedFile.contents(of: path, limit: limit),
                let root = try? JSONValue(parsing: bytes)
            {
                architecture = root["model_type"]?.stringValue ?? architecture
            }
        }
        if license == nil { license = Self.license(readme: files.folder + "/README.md") }
    }

    /// The value of `license` in the front matter of a model card: lines of YAML between two lines of three dashes.
    private static func license(readme: String) -> String? {
        guard let bytes = try? MemoryMappedFile.contents(of: readme, limit: longestReadme) else { return nil }
        let lines = bytes.split(
            separator: UInt8(ascii: "\n"), maxSplits: longestFrontMatter, omittingEmptySubsequences: false
        )
        .map { String(decoding: $0, as: UTF8.self) }
        guard lines.first?.hasPrefix("---") == true else { return nil }
        for line in lines.dropFirst() {
            if line.hasPrefix("---") { return nil }
            guard line.hasPrefix("license:") else { continue }
            let value = line.dropFirst("license:".count).drop { $0 == " " || $0 == "\"" || $0 == "'" }
            let end = value.lastIndex { !" \"'\r".contains($0) }
            return end.map { String(value[...$0]) }
        }
        return nil
    }
}
