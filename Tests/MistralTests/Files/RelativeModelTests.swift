import JSONSchema
import Mistral
import Tensors
import TestSupport
import Testing

/// Relatives of Mistral Small 3.2, against what transformers computes with the same weights.
@Suite("Other sizes of the family")
struct RelativeModelTests {
    private func largestError(_ path: String, golden: String, withImages: Bool = true) throws -> (Float, Float) {
        let file = try SafetensorsFile(path: Repository.reference("relatives/\(golden)/golden.safetensors"))
        let files = try ModelFiles(path: Repository.reference("relatives/" + path))
        let model = try MistralModel(files: files, threads: ThreadPool())
        let pixels = try file.tensor("pixel_values")
        let expected = try file.tensor("features")
        let columns = expected.shape[1]
        var features = Matrix(rows: expected.shape[0], columns: columns, values: try expected.floats())
        var error: Float = 0
        if withImages {
            let computed = try model.encodeImage(
                PixelValues(height: pixels.shape[1], width: pixels.shape[2], values: pixels.floats()))
            error = largestDifference(computed.values, try expected.floats())
            features = computed
        }
        var cache = model.makeCache(format: .float32)
        let logits = try model.forward(
            file.tensor("input_ids").integers(), imageFeatures: [features], cache: &cache, logits: .all)
        return (error, largestDifference(logits.values, try file.tensor("logits").floats()))
    }

    @Test(
        "Pixtral 12B: larger patches, a projector with biases that merges none",
        arguments: ["pixtral", "pixtral-native"])
    func pixtral(folder: String) throws {
        let (features, logits) = try largestError(folder, golden: "pixtral")
        print("\(folder): largest error of features \(features), of logits \(logits)")
        #expect(features < 1e-4 && logits < 1e-4)
    }

    // Logits have a standard deviation of 8.5; the prompt is three times as long as the positions before stretching.
    @Test("Ministral 3: stretched rotations, scaled queries, tied embeddings")
    func ministral() throws {
        let (features, logits) = try largestError("ministral3", golden: "ministral3")
        print("ministral3: largest error of features \(features), of logits \(logits)")
        #expect(features < 1e-4 && logits < 1e-3)
    }

    @Test("Ministral 3 as GGUF, with the features of its safetensors twin")
    func ministralGGUF() throws {
        let (_, logits) = try largestError("ministral3.gguf", golden: "ministral3", withImages: false)
        print("ministral3.gguf: largest error of logits \(logits)")
        #expect(logits < 1e-3)
        let path = Repository.reference("relatives/ministral3")
        let stored = try MistralConfiguration(files: ModelFiles(path: path))
        #expect(try MistralConfiguration(files: ModelFiles(path: path + ".gguf")).text == stored.text)
    }

    @Test("frequencies of YaRN are those of transformers")
    func yarn() throws {
        let cases = try #require(
            try JSONValue(parsing: Repository.bytes(of: Repository.reference("relatives/yarn.json")))["cases"]?
                .arrayValue)
        #expect(cases.count > 5)
        for test in cases {
            let parameters = try #require(test["rope_parameters"])
            let dimension = try #require(test["head_dim"]?.intValue)
            let config = """
                {"model_type": "mistral", "architectures": ["MistralForCausalLM"], "hidden_size": 64, "vocab_size": 9,
                "num_hidden_layers": 1, "num_attention_heads": 1, "head_dim": \(dimension), "intermediate_size": 8,
                "rope_parameters": \(String(decoding: parameters.serialized(), as: UTF8.self))}
                """
            let text = try MistralConfiguration(json: Array(config.utf8), path: "config.json").text
            let rotary = RotaryEmbedding(
                headDimension: dimension, theta: text.ropeTheta, scaling: text.ropeScaling)
            let expected = try #require(test["inverse_frequencies"]?.arrayValue).compactMap(\.doubleValue)
            #expect(expected.count == dimension / 2)
            for (found, expected) in zip(rotary.inverseFrequencies, expected) {
                #expect(abs(Double(found) - expected) <= 1e-6 * expected, "\(parameters)")
            }
            let factor = try #require(test["attention_factor"]?.doubleValue)
            #expect(abs((text.ropeScaling?.attentionFactor ?? 0) - factor) < 1e-6, "\(parameters)")
            #expect(abs(Double(rotary.table(positions: 0..<1).cosines[0, 0]) - factor) < 1e-6)
        }
    }
}
