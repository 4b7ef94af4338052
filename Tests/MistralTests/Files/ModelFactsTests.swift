import Mistral
import Tensors
import TestSupport
import Testing

@Suite("What is known of a model without its weights")
struct ModelFactsTests {
    @Test("of safetensors")
    func safetensors() throws {
        let facts = try ModelFacts(files: ModelFiles(path: Repository.reference("model/native-bf16")))
        let same = try ModelFacts(files: ModelFiles(path: Repository.reference("model/hf-bf16")))
        #expect(facts.parameters == same.parameters && facts.visionParameters == same.visionParameters)
        // Embeddings and output, three layers of attention and feed-forward network with two norms, the last norm.
        let layer = 2 * 96 * 192 + 2 * 96 * 64 + 3 * 96 * 192 + 2 * 96
        #expect(facts.textParameters == 2 * 2048 * 96 + 3 * layer + 96)
        #expect(facts.tensors.map(\.type) == ["BF16"] && facts.tensors[0].bytes == 2 * facts.parameters)
        #expect(facts.architecture == "mistral" && same.architecture == "mistral3")
        #expect(facts.tokenizerVersion == .v11 && facts.license == nil && facts.context == 4096)
        guard case .missing = same.tokenizerError else {
            Issue.record("\(String(describing: same.tokenizerError))")
            return
        }
    }

    @Test("of GGUF files")
    func gguf() throws {
        let folder = Repository.reference("gguf/")
        let files = try ModelFiles(path: folder + "text-q8_0.gguf", mmproj: folder + "mmproj-f16.gguf")
        let facts = try ModelFacts(files: files)
        let stored = try ModelFacts(files: ModelFiles(path: Repository.reference("model/hf-f32")))
        #expect(facts.textParameters == stored.textParameters && facts.visionParameters == stored.visionParameters)
        #expect(facts.tensors.map(\.type) == ["Q8_0", "F16", "F32"])
        #expect(facts.tensors.reduce(0) { $0 + $1.count } == 30 + 24)
        #expect(facts.name == "tiny-mistral-small-3.2" && facts.architecture == "llama")
        #expect(facts.configuration.vision?.layers == 2 && facts.tokenizerVersion == .v11)
    }

    @Test("the licence that a model card names")
    func license() throws {
        let model = try ReferenceModelFolder()
        func license(_ readme: String) throws -> String? {
            let folder = try TemporaryFolder()
            for name in ["config.json", "model.safetensors"] {
                try folder.write(name, Repository.bytes(of: model.path + "/" + name))
            }
            try folder.write("README.md", Array(readme.utf8))
            return try ModelFacts(files: ModelFiles(path: folder.path)).license
        }
        #expect(try license("---\nlanguage: en\nlicense: apache-2.0\n---\n# Model") == "apache-2.0")
        #expect(try license("---\r\nlicense: 'mit'\r\n---\r\n") == "mit")
        #expect(try license("---\nlanguage: en\n---\nlicense: mit") == nil)
        #expect(try license("license: mit") == nil)
        #expect(try license("---\nlicense:\n---") == nil)
    }

    @Test("norms that are no numbers are found when the model is loaded")
    func notFinite() throws {
        // The last tensor of the file is a norm, the first the matrix of outputs.
        let vectors = try ReferenceModelFolder(data: {
            $0.replaceSubrange($0.count - 4..<$0.count, with: [0, 0, 0xC0, 0x7F])
        })
        let error = #expect(throws: ModelError.self) {
            try MistralModel(folder: vectors.path, threads: ThreadPool(threadCount: 1))
        }
        guard case .notFinite(_, let tensor) = error, tensor.hasSuffix("norm.weight") else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
