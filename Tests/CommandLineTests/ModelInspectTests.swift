import Foundation
import JSONSchema
import TestSupport
import Testing

@Suite("gleaner model inspect")
struct ModelInspectTests {
    private func inspect(_ arguments: String...) async throws -> GleanerCommand {
        try await GleanerCommand.run(["model", "inspect"] + arguments)
    }

    private func report(_ arguments: String...) async throws -> JSONValue {
        let command = try await GleanerCommand.run(["model", "inspect", "--json"] + arguments)
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.outputLines.count == 1)
        return try JSONValue(parsing: Array(command.output.utf8))
    }

    @Test("the reference model in Hugging Face's form")
    func huggingFace() async throws {
        let model = try ReferenceModelFolder()
        let report = try await report(model.path)
        #expect(report["format"]?.stringValue == "Hugging Face" && report["architecture"]?.stringValue == "mistral3")
        #expect(report["parameters"]?.intValue == 858_912)
        #expect(report["text"]?["parameters"]?.intValue == 707_232 && report["text"]?["context"]?.intValue == 4096)
        #expect(report["vision"]?["parameters"]?.intValue == 151_680 && report["vision"]?["patch_size"]?.intValue == 14)
        #expect(report["tokenizer"]?.stringValue == "v11")
        #expect(report["tensors"]?.arrayValue?.count == 1 && report["tensors"]?[0]?["type"]?.stringValue == "F32")
        #expect(report["tensors"]?[0]?["bytes"]?.intValue == 4 * 858_912)
        // 3 layers, 2 heads of 32, keys and values.
        let cache = report["memory"]?["cache"]?[0]
        #expect(cache?["context"]?.intValue == 4096 && cache?["f16"]?.intValue == 4096 * 3 * 2 * 32 * 2 * 2)
        #expect(cache?["q8_0"]?.intValue == 4096 * 3 * 2 * 34 * 2)
        let files = try #require(report["files"]?.arrayValue)
        #expect(
            files.compactMap { $0["path"]?.stringValue }.map { $0.split(separator: "/").last ?? "" }.sorted()
                == ["config.json", "model.safetensors", "tekken.json"])
        #expect(files.allSatisfy { $0["sha256"]?.isNull == true })
    }

    @Test("a GGUF file: memory for a context, types, and what it lacks")
    func gguf() async throws {
        let report = try await report(
            Repository.reference("gguf/text-q8_0.gguf"), "--context", "100",
            "--mmproj", Repository.reference("gguf/mmproj-f16.gguf"))
        #expect(report["name"]?.stringValue == "tiny-mistral-small-3.2" && report["format"]?.stringValue == "GGUF")
        #expect(report["memory"]?["cache"]?.arrayValue?.count == 1)
        #expect(report["memory"]?["cache"]?[0]?["f16"]?.intValue == 128 * 3 * 2 * 32 * 2 * 2, "whole pages of 128")
        let types = report["tensors"]?.arrayValue?.compactMap { $0["type"]?.stringValue } ?? []
        #expect(Set(types) == ["Q8_0", "F16", "F32"])
        let folder = try TemporaryFolder()
        let alone = try folder.write("t.gguf", Repository.bytes(of: Repository.reference("gguf/text-q8_0.gguf")))
        let command = try await inspect(alone)
        #expect(command.code == 0 && command.errors.isEmpty)
        #expect(command.output.contains("no") && command.output.contains("mmproj"))
        #expect(!command.output.contains("\u{1B}"), "no colours but on a terminal")
        #expect(try await inspect(alone, "--context", "4097").code == 84)
        #expect(try await inspect(alone, "--context", "0").code == 64)
    }

    @Test("the sums of all files, and the licence of a model card")
    func hashes() async throws {
        let model = try ReferenceModelFolder()
        let card = "---\nlanguage: en\nlicense: apache-2.0\n---\n# Model\n"
        try Data(card.utf8).write(to: URL(fileURLWithPath: model.path + "/README.md"))
        let report = try await report(model.path, "--hash")
        #expect(report["license"]?.stringValue == "apache-2.0")
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = ["model.safetensors"]
        process.currentDirectoryURL = URL(fileURLWithPath: model.path)
        process.standardOutput = pipe
        try process.run()
        let sum = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
        process.waitUntilExit()
        let file = report["files"]?.arrayValue?.first {
            $0["path"]?.stringValue?.hasSuffix("model.safetensors") == true
        }
        #expect(file?["sha256"]?.stringValue == String(sum))
    }

    @Test("what is no model, or a damaged one, has a code and one line")
    func bad() async throws {
        let folder = try TemporaryFolder()
        let bytes = try Repository.bytes(of: Repository.reference("gguf/text-q8_0.gguf"))
        let cases: [(String, [UInt8], Int32)] = [
            ("cut.gguf", Array(bytes.dropLast(1000)), 78), ("header.gguf", Array(bytes.prefix(1000)), 78),
            ("other.gguf", Array("hello, world, this is no model".utf8), 78), ("empty.gguf", [], 78),
        ]
        for (name, content, code) in cases {
            let command = try await inspect(folder.write(name, content))
            #expect(command.code == code, "\(name): \(command.errors)")
            #expect(command.errorLines.count == 1 && command.output.isEmpty, "\(name)")
        }
        #expect(try await inspect(folder.path + "/absent").code == 69)
        #expect(try await inspect("no-such-model").code == 69)
        #expect(try await inspect("").code == 64)
        let vision = try await inspect(Repository.reference("gguf/mmproj-f16.gguf"))
        #expect(vision.code == 78)
        #expect(vision.errors.contains("vision encoder"))
        let broken = try ReferenceModelFolder(config: replacing("\"hidden_size\": 96", "\"hidden_size\": -1"))
        #expect(try await inspect(broken.path).code == 78)
    }

    @Test("faults of a model have the same code here and where it is loaded")
    func sameCodes() async throws {
        let gguf = { (name: String) in try Repository.bytes(of: Repository.reference("gguf/\(name).gguf")) }
        let several = try TemporaryFolder()
        for name in ["text-q8_0", "text-q4_0"] { try several.write(name + ".gguf", gguf(name)) }
        let cut = try TemporaryFolder()
        try cut.write("cut.gguf", Array(gguf("text-q8_0").prefix(1000)))
        let shards = try TemporaryFolder()
        for name in ["config.json", "model.safetensors.index.json", "model-00001-of-00002.safetensors"] {
            try shards.write(name, Repository.bytes(of: Repository.reference("model/hf-bf16/" + name)))
        }
        let empty = try TemporaryFolder()
        let vision = Repository.reference("gguf/mmproj-f16.gguf")
        for (path, code) in [
            (several.path, Int32(78)), (cut.path, 78), (shards.path, 78), (vision, 78), (empty.path, 69),
        ] {
            #expect(try await inspect(path).code == code, "\(path)")
            let quantize = try await GleanerCommand.run("model", "quantize", path, empty.path + "/x", "--type", "q8_0")
            #expect(quantize.code == code, "\(path)")
            #expect(try await GleanerCommand.run("generate", "x", "--model", path).code == code, "\(path)")
        }
    }
}
