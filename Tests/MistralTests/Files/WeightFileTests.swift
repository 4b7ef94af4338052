import JSONSchema
import Mistral
import Tensors
import TestSupport
import Testing

/// Models in GGUF and in Mistral's own form, against what the reference computed with the same weights.
@Suite("Weight files of other formats")
struct WeightFileTests {
    private static let folder = Repository.reference("gguf")
    private static let goldens = Result { try SafetensorsFile(path: folder + "/logits.safetensors") }

    private func model(_ text: String, _ mmproj: String? = nil) throws -> MistralModel {
        let files = try ModelFiles(
            path: "\(Self.folder)/\(text).gguf", mmproj: mmproj.map { "\(Self.folder)/\($0).gguf" })
        return try MistralModel(files: files, threads: ThreadPool())
    }

    private func logits(_ model: MistralModel, _ reference: ModelReference) throws -> Matrix {
        let features = try reference.pictures.map { try model.encodeImage($0) }
        var cache = model.makeCache(format: .float32)
        return try model.forward(reference.tokens, imageFeatures: features, cache: &cache, logits: .all)
    }

    /// Root mean square of the differences.
    private func meanError(_ a: [Float], _ b: [Float]) -> Float {
        guard a.count == b.count, !a.isEmpty else { return .infinity }
        return (zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Float(a.count)).squareRoot()
    }

    // Quantised products round their inputs to 8 bits, the goldens do not. With rows of queries and keys in the wrong
    // order the mean error is above 0.3.
    @Test(
        "GGUF logits", arguments: ModelReference.cases,
        [
            ("text-q8_0", "mmproj-f32", "q8_0", Float(0.05)), ("text-q4_0", "mmproj-f32", "q4_0", 0.05),
            ("text-f32", "mmproj-f16", "f32_mmproj_f16", 2e-4),
        ])
    func logits(name: String, files: (text: String, vision: String, golden: String, tolerance: Float)) throws {
        let reference = try ModelReference(name)
        let all = try logits(model(files.text, files.vision), reference)
        let expected = try Self.goldens.get().tensor("\(files.golden).\(name).logits_last8").floats()
        let error = meanError(all.rows((all.rows - 8)..<all.rows).values, expected)
        #expect(error < files.tolerance)
        print("\(files.text) \(name): mean error \(error)")
    }

    @Test("GGUF logits with 32-bit weights are those of the safetensors file", arguments: ModelReference.cases)
    func float32(name: String) throws {
        let reference = try ModelReference(name)
        let error = largestDifference(
            try logits(model("text-f32", "mmproj-f32"), reference).values, try reference.numbers("logits"))
        #expect(error < 2e-4)
        print("text-f32 \(name): largest error \(error)")
    }

    @Test("k-quants: logits, and the likeliest tokens where they stand out")
    func kQuants() throws {
        let model = try model("text-kquants")
        let reference = try ModelReference("text")
        var cache = model.makeCache(format: .float32)
        let all = try model.forward(reference.tokens, cache: &cache, logits: .all)
        let expected = try Self.goldens.get().tensor("kquants.text.logits").floats()
        let error = meanError(all.rows((all.rows - expected.count / 2048)..<all.rows).values, expected)
        #expect(error < 0.05)
        print("k-quants: mean error \(error)")

        let report = try JSONValue(parsing: Repository.bytes(of: Self.folder + "/report.json"))
        let greedy = try #require(report["kquants"]?["greedy"]?.arrayValue).compactMap(\.intValue)
        let margins = try #require(report["kquants"]?["margins"]?.arrayValue).compactMap(\.doubleValue)
        var row = all.row(all.rows - 1)
        var compared = 0
        for (token, margin) in zip(greedy, margins) {
            // More than inputs of 8 bits can shift.
            if margin > 0.2 {
                #expect(row.indices.max { row[$0] < row[$1] } == token)
                compared += 1
            }
            row = try model.forward([token], cache: &cache).row(0)
        }
        #expect(compared >= 10)
    }

    @Test("Mistral's own form computes what Hugging Face's does", arguments: ModelReference.cases)
    func native(name: String) throws {
        let reference = try ModelReference(name)
        let native = try ModelReference.model("native-bf16")
        let all = try logits(native, reference)
        let same = try logits(ModelReference.model("hf-bf16"), reference)
        let error = largestDifference(all.values, same.values)
        // The numbers of a head are summed in another order.
        #expect(error < 2e-5)
        print("native-bf16 \(name): largest error \(error)")
        var cache = native.makeCache(format: .float32)
        let features = try reference.pictures.map { try native.encodeImage($0) }
        var row = try native.forward(reference.tokens, imageFeatures: features, cache: &cache).row(0)
        var generated: [Int] = []
        while generated.count < 16 {
            let best = try #require(row.indices.max { row[$0] < row[$1] })
            generated.append(best)
            row = try native.forward([best], cache: &cache).row(0)
        }
        #expect(generated == (try reference.ids("greedy_bf16_weights")))
    }
}
