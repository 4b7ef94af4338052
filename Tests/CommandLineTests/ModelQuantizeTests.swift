import Foundation
import JSONSchema
import Tensors
import TestSupport
import Testing

@Suite("gleaner model quantize")
struct ModelQuantizeTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    /// Quantises and gives the text model and the vision encoder that came out.
    private func quantized(_ input: String, _ type: String) async throws -> (text: GGUFFile, vision: GGUFFile) {
        let command = try await GleanerCommand.run("model", "quantize", input, path("out"), "--type", type)
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.errors.isEmpty)
        return (try GGUFFile(path: path("out/model-\(type).gguf")), try GGUFFile(path: path("out/mmproj-f16.gguf")))
    }

    /// Names, types, shapes and bytes of all tensors.
    private func expectEqual(_ found: GGUFFile, _ expected: GGUFFile) throws {
        #expect(Set(found.tensors.map(\.name)) == Set(expected.tensors.map(\.name)))
        for tensor in expected.tensors {
            let other = try found.tensor(tensor.name)
            #expect(other.type == tensor.type && other.shape == tensor.shape, "\(tensor.name)")
            let (bytes, otherBytes) = try (Repository.bytes(of: expected.path), Repository.bytes(of: found.path))
            #expect(otherBytes[other.place] == bytes[tensor.place], "\(tensor.name)")
        }
    }

    @Test("the reference model gives the reference's tensors, bit by bit, from Hugging Face's files")
    func reference() async throws {
        let model = try ReferenceModelFolder()
        let (text, vision) = try await quantized(model.path, "q8_0")
        try expectEqual(text, GGUFFile(path: Repository.reference("gguf/text-q8_0.gguf")))
        try expectEqual(vision, GGUFFile(path: Repository.reference("gguf/mmproj-f16.gguf")))
        #expect(folder.contents == ["out"])
    }

    @Test("metadata are those of the reference, vocabulary and merges among them")
    func metadata() async throws {
        let model = try ReferenceModelFolder()
        let (text, vision) = try await quantized(model.path, "q8_0")
        for (found, reference) in [(text, "text-q8_0"), (vision, "mmproj-f16")] {
            let found = found.metadata
            let expected = try GGUFFile(path: Repository.reference("gguf/\(reference).gguf")).metadata
            for key in expected.keys {
                #expect(found.typeName(key) == expected.typeName(key), "\(key)")
                guard key != "general.name", let type = expected.typeName(key) else { continue }
                if type.hasSuffix("string"), type != "string" {
                    #expect(try Array(found.strings(key)) == Array(expected.strings(key)), "\(key)")
                } else if type == "string" {
                    #expect(try found.string(key) == expected.string(key), "\(key)")
                } else if type == "float32" {
                    #expect(try found.float(key) == expected.float(key), "\(key)")
                } else if type.hasSuffix("int32"), type != "uint32" {
                    #expect(try found.integers(key) == expected.integers(key), "\(key)")
                } else if type == "uint32" {
                    #expect(try found.integer(key) == expected.integer(key), "\(key)")
                }
            }
        }
    }

    @Test(
        "every type comes near to the original, and the finer ones nearer",
        arguments: ["q8_0", "q6_k", "q5_k_m", "q4_k_m"])
    func types(type: String) async throws {
        let model = try ReferenceModelFolder()
        let (text, _) = try await quantized(model.path, type)
        let original = try SafetensorsFile(path: model.path + "/model.safetensors")
        let names = ["ffn_down": "mlp.down_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj"]
        let bound = try #require(["q8_0": 0.006, "q6_k": 0.006, "q5_k_m": 0.04, "q4_k_m": 0.08][type])
        for layer in 0..<3 {
            for (name, stored) in names {
                let weights = try original.tensor("language_model.model.layers.\(layer).\(stored).weight").floats()
                let tensor = try text.tensor("blk.\(layer).\(name).weight")
                let error = Self.relativeError(tensor.floats(), weights)
                #expect(error < bound, "\(tensor.name) \(tensor.type)")
                #expect(error > bound / 100, "more precise than the type can be")
            }
        }
    }

    private static func relativeError(_ found: [Float], _ expected: [Float]) -> Double {
        let errors = zip(found, expected).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
        return (errors / expected.reduce(0) { $0 + Double($1) * Double($1) }).squareRoot()
    }

    @Test("the mix of types of an _m model, and what rows fall back to that are no multiple of 256")
    func mix() async throws {
        // Of three layers, `use more bits` takes the last two. Rows have 96 or 192 weights.
        let model = try ReferenceModelFolder()
        let (text, _) = try await quantized(model.path, "q4_k_m")
        let type = { (name: String) in try text.tensor(name + ".weight").type }
        #expect(try type("token_embd") == .q5_0 && type("output") == .q8_0 && type("blk.1.attn_q") == .q5_0)
        #expect(try type("blk.0.attn_v") == .q5_0 && type("blk.1.attn_v") == .q5_0 && type("blk.2.attn_v") == .q8_0)
        #expect(try type("blk.0.ffn_down") == .q5_0 && type("blk.2.ffn_down") == .q8_0)
        #expect(try type("blk.0.attn_norm") == .f32 && type("output_norm") == .f32)
        #expect(try text.metadata.integer("general.file_type") == 15)
    }

    @Test("a GGUF file keeps its metadata, and the vision encoder beside it comes along")
    func fromGGUF() async throws {
        try FileManager.default.createDirectory(atPath: path("in"), withIntermediateDirectories: false)
        let names = ["text-q8_0.gguf", "mmproj-f32.gguf"]
        for name in names {
            try FileManager.default.copyItem(atPath: Repository.reference("gguf/" + name), toPath: path("in/" + name))
        }
        let refused = try await GleanerCommand.run("model", "quantize", path("in"), path("out"), "--type", "q4_k_m")
        #expect(refused.code == 64)
        #expect(refused.errors.contains("--requantize"))
        #expect(folder.contents == ["in"])

        // What has the wanted type already is copied.
        let (same, vision) = try await quantized(path("in"), "q8_0")
        try expectEqual(same, GGUFFile(path: Repository.reference("gguf/text-q8_0.gguf")))
        try expectEqual(vision, GGUFFile(path: Repository.reference("gguf/mmproj-f16.gguf")))
        #expect(try same.metadata.string("general.name") == "tiny-mistral-small-3.2")

        let command = try await GleanerCommand.run(
            "model", "quantize", path("in/text-q8_0.gguf"), path("small.gguf"), "--type", "q4_k_m", "--requantize",
            "--json")
        #expect(command.code == 0, "\(command.errors)")
        let report = try JSONValue(parsing: Array(command.output.utf8))
        #expect(report["text"]?["file"]?.stringValue == path("small.gguf"))
        #expect(report["vision"]?["file"]?.stringValue == path("mmproj-small.gguf"))
        #expect(report["text"]?["bytes"]?.intValue == (try GGUFFile(path: path("small.gguf")).byteCount))
        #expect(try GGUFFile(path: path("small.gguf")).tensor("blk.0.attn_q.weight").type == .q5_0)
    }

    @Test("a name that is taken, an absent model, a folder that is none")
    func refusals() async throws {
        let model = try ReferenceModelFolder()
        try folder.write("taken.gguf", [1, 2, 3])
        let taken = try await GleanerCommand.run("model", "quantize", model.path, path("taken.gguf"), "--type", "q8_0")
        #expect(taken.code == 73, "\(taken.errors)")
        #expect(try Repository.bytes(of: path("taken.gguf")) == [1, 2, 3])
        #expect(folder.contents == ["taken.gguf"])
        let absent = try await GleanerCommand.run(
            "model", "quantize", path("absent.gguf"), path("out"), "--type", "q8_0")
        #expect(absent.code == 69, "\(absent.errors)")
        #expect(absent.errorLines.count == 1)
        #expect(try await GleanerCommand.run("model", "quantize", folder.path, path("out"), "--type", "q8_0").code != 0)
        #expect(try await GleanerCommand.run("model", "quantize", model.path, path("out"), "--type", "q3_k").code == 64)
        #expect(try await GleanerCommand.run("model", "quantize", model.path, "", "--type", "q8_0").code == 64)
        let occupied = try await GleanerCommand.run("model", "quantize", model.path, folder.path, "--type", "q8_0")
        #expect(occupied.code == 73)
        #expect(occupied.errors.contains("taken.gguf"))
        #expect(folder.contents == ["taken.gguf"])
    }

    @Test("what another run is writing is left alone; what a killed one left is cleared away")
    func concurrent() async throws {
        let model = try ReferenceModelFolder()
        // As a run has them that goes on: the lock, and the file itself.
        let claim = ".x.gguf.0123456789abcdef.part"
        let part = ".x.gguf.fedcba9876543210.part"
        try folder.write(part, [1, 2, 3])
        try folder.write(claim, [])
        let lock = open(path(claim), O_RDONLY)
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let refused = try await GleanerCommand.run("model", "quantize", model.path, path("x.gguf"), "--type", "q8_0")
        #expect(refused.code == 75, "\(refused.errors)")
        #expect(refused.errors.contains("x.gguf"))
        #expect(folder.contents.sorted() == [claim, part])
        // Another file in this folder is no concern of it.
        let other = try await GleanerCommand.run("model", "quantize", model.path, path("y.gguf"), "--type", "q8_0")
        #expect(other.code == 0, "\(other.errors)")
        close(lock)
        let command = try await GleanerCommand.run("model", "quantize", model.path, path("x.gguf"), "--type", "q8_0")
        #expect(command.code == 0, "\(command.errors)")
        #expect(folder.contents.sorted() == ["mmproj-x.gguf", "mmproj-y.gguf", "x.gguf", "y.gguf"])
    }

    @Test("weights that are no numbers are refused with tensor and place, and nothing is left behind")
    func notFinite() async throws {
        // A NaN in the last tensor: the file is nearly written when it is found.
        let model = try ReferenceModelFolder(data: { data in
            data.replaceSubrange(data.count - 4..<data.count, with: [0, 0, 0xC0, 0x7F])
        })
        let command = try await GleanerCommand.run("model", "quantize", model.path, path("out"), "--type", "q8_0")
        #expect(command.code == 78, "\(command.errors)")
        #expect(command.errors.contains("not a number") && command.errors.contains("tensor"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: path("out")).isEmpty)
    }

    @Test("a tensor that is missing, misshapen or unknown is named")
    func wrongTensors() async throws {
        let name = "language_model.model.layers.1.mlp.up_proj.weight"
        let renamed = try ReferenceModelFolder(
            header: replacing(name, "language_model.model.layers.1.mlp.xx_proj.weight"))
        let missing = try await GleanerCommand.run("model", "quantize", renamed.path, path("out"), "--type", "q8_0")
        #expect(missing.code == 88)
        #expect(missing.errors.contains("up_proj"))
        let wider = try ReferenceModelFolder(
            config: replacing("\"intermediate_size\": 192", "\"intermediate_size\": 191"))
        #expect(try await GleanerCommand.run("model", "quantize", wider.path, path("out"), "--type", "q8_0").code == 89)
        let fewer = try ReferenceModelFolder(config: replacing("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2"))
        let unknown = try await GleanerCommand.run("model", "quantize", fewer.path, path("out"), "--type", "q8_0")
        #expect(unknown.code == 78)
        #expect(unknown.errors.contains("layers.2"))
    }

    @Test("a tokenizer with more tokens than embeddings is refused")
    func foreignTokenizer() async throws {
        let relative = Repository.reference("relatives/ministral3")
        try folder.write("tekken.json", Repository.bytes(of: Repository.reference("tokenizer/tekken_v11_tiny.json")))
        for name in ["config.json", "model.safetensors"] {
            try FileManager.default.copyItem(atPath: relative + "/" + name, toPath: path(name))
        }
        let command = try await GleanerCommand.run("model", "quantize", folder.path, path("out"), "--type", "q8_0")
        #expect(command.code == 78)
        #expect(command.errors.contains("2048") && command.errors.contains("320"))
        #expect(folder.contents == ["config.json", "model.safetensors", "tekken.json"])
    }
}
