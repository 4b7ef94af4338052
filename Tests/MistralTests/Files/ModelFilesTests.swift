import Mistral
import Tensors
import TestSupport
import Testing

@Suite("The files that a path means")
struct ModelFilesTests {
    private static let gguf = Repository.reference("gguf/")

    /// A folder with copies of files, under names of their own.
    private func folder(_ files: [(name: String, source: String)]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, source) in files { try folder.write(name, Repository.bytes(of: Repository.reference(source))) }
        return folder
    }

    private func names(_ paths: [String]) -> [String] { paths.map { String($0.split(separator: "/").last ?? "") } }

    private let shards = [
        ("config.json", "model/hf-bf16/config.json"),
        ("model.safetensors.index.json", "model/hf-bf16/model.safetensors.index.json"),
        ("model-00001-of-00002.safetensors", "model/hf-bf16/model-00001-of-00002.safetensors"),
        ("model-00002-of-00002.safetensors", "model/hf-bf16/model-00002-of-00002.safetensors"),
    ]
    private let native = [
        ("params.json", "model/native-bf16/params.json"), ("tekken.json", "model/native-bf16/tekken.json"),
        ("consolidated.safetensors", "model/native-bf16/consolidated.safetensors"),
    ]

    @Test("a folder with shards")
    func huggingFace() throws {
        let folder = try folder(shards)
        let files = try ModelFiles(path: folder.path)
        #expect(files.format == .huggingFace && files.tokenizer == nil && files.remarks.isEmpty)
        #expect(names(files.weights) == ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"])
        #expect(names(files.all) == ["config.json", "model.safetensors.index.json"] + names(files.weights))
        #expect(files.weightBytes == 1_368_376 + 355_928)
        #expect(throws: TekkenError.missing(folder: folder.path)) { try TekkenTokenizer(files: files) }
    }

    @Test("a folder with a release, which has both forms of safetensors")
    func release() throws {
        let release = try folder(shards + native)
        let whole = try ModelFiles(path: release.path)
        #expect(whole.format == .huggingFace && names(whole.all).last == "tekken.json")
        #expect(whole.remarks.count == 1 && whole.remarks[0].contains("consolidated.safetensors"))
        // A shard that is not downloaded yet.
        let half = try folder(shards.dropLast() + native)
        let files = try ModelFiles(path: half.path)
        #expect(files.format == .mistral && names(files.weights) == ["consolidated.safetensors"])
        #expect(files.remarks.count == 1 && files.remarks[0].contains("model-00002-of-00002.safetensors"))
        #expect(names(files.all) == ["params.json", "consolidated.safetensors", "tekken.json"])
        _ = try MistralModel(files: files, threads: ThreadPool(threadCount: 1))
        #expect(try TekkenTokenizer(files: files).vocabularySize == 2048)
    }

    @Test("a folder with GGUF files, whatever their names")
    func ggufFolder() throws {
        let folder = try folder([
            ("a.gguf", "gguf/mmproj-f16.gguf"), ("b.gguf", "gguf/text-q4_0.gguf"),
            ("config.json", "model/hf-f32/config.json"),
        ])
        let files = try ModelFiles(path: folder.path)
        #expect(files.format == .gguf && names(files.weights) == ["b.gguf"] && names(files.visionWeights) == ["a.gguf"])
        #expect(names(files.all) == ["b.gguf", "a.gguf"] && files.weightBytes == 458_784 + 306_848)
        #expect(try MistralConfiguration(files: files).vision?.hiddenSize == 64)
    }

    @Test("safetensors files of something else beside GGUF files")
    func strayFile() throws {
        let folder = try folder([("b.gguf", "gguf/text-q4_0.gguf"), ("stray.safetensors", shards[3].1)])
        let files = try ModelFiles(path: folder.path)
        #expect(files.format == .gguf && names(files.all) == ["b.gguf"])
        let release = try self.folder(native + [("b.gguf", "gguf/text-q4_0.gguf")])
        #expect(try ModelFiles(path: release.path).format == .mistral)
    }

    @Test("a GGUF file, with the vision encoder beside it or named")
    func ggufFile() throws {
        let folder = try folder([("a.gguf", "gguf/text-q4_0.gguf"), ("b.gguf", "gguf/text-q8_0.gguf")])
        #expect(try ModelFiles(path: folder.path + "/a.gguf").visionWeights == [])
        let named = try ModelFiles(path: folder.path + "/a.gguf", mmproj: Self.gguf + "mmproj-f32.gguf")
        #expect(names(named.visionWeights) == ["mmproj-f32.gguf"])
        try folder.write("c.gguf", Repository.bytes(of: Self.gguf + "mmproj-f16.gguf"))
        #expect(names(try ModelFiles(path: folder.path + "/b.gguf").visionWeights) == ["c.gguf"])
        try folder.write("d.gguf", Repository.bytes(of: Self.gguf + "mmproj-f32.gguf"))
        let undecided = try ModelFiles(path: folder.path + "/b.gguf")
        #expect(undecided.visionWeights.isEmpty)
        #expect(undecided.remarks.count == 1 && undecided.remarks[0].contains("c.gguf, d.gguf"))
    }

    @Test("a folder with several models, or several vision encoders, lists them")
    func ambiguous() throws {
        let texts = try folder([("a.gguf", "gguf/text-q4_0.gguf"), ("b.gguf", "gguf/text-q8_0.gguf")])
        let encoders = try folder([
            ("a.gguf", "gguf/text-q4_0.gguf"), ("c.gguf", "gguf/mmproj-f16.gguf"), ("d.gguf", "gguf/mmproj-f32.gguf"),
        ])
        for (folder, files) in [(texts, ["a.gguf", "b.gguf"]), (encoders, ["c.gguf", "d.gguf"])] {
            let error = #expect(throws: ModelError.self) { try ModelFiles(path: folder.path) }
            guard case .ambiguous(folder.path, _, let found) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(names(found) == files)
        }
    }

    @Test("a vision encoder of another model beside a text model is left alone, and refused where it is named")
    func foreignVision() throws {
        // The k-quants are of a text model with 256 features, the encoder makes 96.
        let folder = try folder([("text.gguf", "gguf/text-kquants.gguf"), ("vision.gguf", "gguf/mmproj-f16.gguf")])
        let files = try ModelFiles(path: folder.path + "/text.gguf")
        #expect(files.visionWeights.isEmpty && files.remarks.count == 1)
        #expect(try MistralConfiguration(files: files).vision == nil)
        for path in [folder.path, folder.path + "/text.gguf"] {
            let error = #expect(throws: ModelError.self) {
                let mmproj = path == folder.path ? nil : folder.path + "/vision.gguf"
                return try MistralConfiguration(files: ModelFiles(path: path, mmproj: mmproj))
            }
            guard case .mismatch(folder.path + "/vision.gguf", _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("a text model alone reads text, and says what it needs for pictures")
    func textOnly() throws {
        let files = try ModelFiles(path: Self.gguf + "text-kquants.gguf")
        let model = try MistralModel(files: files, threads: ThreadPool(threadCount: 1))
        #expect(model.configuration.vision == nil && files.visionWeights.isEmpty)
        #expect(throws: ModelError.noVision) { try model.encodeImage(PixelValues(height: 28, width: 28, values: [])) }
        #expect(ModelError.noVision.description.contains("mmproj"))
    }

    @Test("what is missing is named")
    func missing() throws {
        func reason(_ files: [(String, String)]) throws -> String {
            let folder = try folder(files)
            return reason(folder.path)
        }
        func reason(_ path: String, mmproj: String? = nil) -> String {
            let error = #expect(throws: ModelError.self) { try ModelFiles(path: path, mmproj: mmproj) }
            switch error {
            case .incomplete(_, let reason), .mismatch(_, let reason): return reason
            default: return "\(String(describing: error))"
            }
        }
        #expect(try reason([]).contains("no model"))
        #expect(try reason([("a.gguf", "gguf/mmproj-f16.gguf")]).contains("no text model"))
        #expect(try reason(Array(shards.dropFirst())).contains("config.json is missing"))
        #expect(try reason(shards.dropLast()).contains("model-00002-of-00002.safetensors is missing"))
        #expect(try reason(Array(shards.prefix(1))).contains("model.safetensors is missing"))
        #expect(try reason(native.dropLast()).contains("consolidated.safetensors is missing"))
        #expect(try reason(native.suffix(1)).contains("params.json is missing"))
        #expect(reason(Self.gguf + "mmproj-f16.gguf").contains("name the text model"))
        #expect(reason(Self.gguf + "text-q4_0.gguf", mmproj: Self.gguf + "text-q8_0.gguf").contains("mmproj"))
        #expect(reason(Repository.reference("model/hf-f32/model.safetensors")).contains("folder"))
        let stored = try folder(shards)
        #expect(
            reason(stored.path, mmproj: Self.gguf + "mmproj-f16.gguf").contains("needs a text model in a GGUF file"))
        let absent = #expect(throws: ModelError.self) { try ModelFiles(path: "/nowhere/model.gguf") }
        guard case .file(let error) = absent, error.path == "/nowhere/model.gguf" else {
            Issue.record("\(String(describing: absent))")
            return
        }
    }
}
