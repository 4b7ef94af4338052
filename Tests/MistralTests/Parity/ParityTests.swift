import Mistral
import Tensors
import Testing

@Suite("The model computes what the reference computes")
struct ParityTests {
    private static let tolerance: Float = 1e-3

    @Test("every hidden state of every stage", arguments: ModelReference.cases, Kernels.available.indices)
    func hiddenStates(name: String, implementation: Int) throws {
        let kernels = Kernels.available[implementation]
        let reference = try ModelReference(name)
        let model = try ModelReference.model("hf-f32", threads: ThreadPool(kernels: kernels))
        var largest: Float = 0
        func compare(_ values: Matrix, _ tensor: String) throws {
            let error = largestDifference(values.values, try reference.numbers(tensor))
            #expect(error < Self.tolerance, "\(name): \(tensor)")
            largest = max(largest, error)
        }

        var features: [Matrix] = []
        for (number, picture) in reference.pictures.enumerated() {
            var states: [HiddenState] = []
            features.append(try model.encodeImage(picture) { states.append($0) })
            let layers = try #require(model.configuration.vision).layers
            #expect(states.count == layers + 2)
            for state in states {
                switch state.stage {
                case .patchEmbedding: try compare(state.values, "vision_hidden.\(number).0")
                case .visionLayer(let layer):
                    try compare(state.values, "vision_hidden.\(number).\(layer + 1)")
                    if layer == layers - 1 { try compare(state.values, "vision_output.\(number)") }
                case .projector: try compare(state.values, "projector_output.\(number)")
                default: Issue.record("\(state.stage) is no stage of the encoder")
                }
            }
            try compare(features[number], "projector_output.\(number)")
        }

        var cache = model.makeCache(format: .float32)
        var states: [HiddenState] = []
        let logits = try model.forward(
            reference.tokens, imageFeatures: features, cache: &cache, logits: .all, observer: { states.append($0) })
        let layers = model.configuration.text.layers
        #expect(states.count == layers + 2)
        for state in states {
            switch state.stage {
            case .embedding: try compare(state.values, "text_hidden.0")
            // The reference gives the last layer only after the final norm.
            case .decoderLayer(let layer):
                if layer < layers - 1 { try compare(state.values, "text_hidden.\(layer + 1)") }
            case .finalNorm: try compare(state.values, "text_hidden.\(layers)")
            default: Issue.record("\(state.stage) is no stage of the decoder")
            }
        }
        try compare(logits, "logits")
        #expect(cache.count == reference.tokens.count)
        print("parity \(name) \(kernels.name): largest error \(largest)")
    }

    @Test("logits with bfloat16 weights", arguments: ModelReference.cases)
    func bfloat16(name: String) throws {
        let reference = try ModelReference(name)
        let model = try ModelReference.model("hf-bf16")
        let features = try reference.pictures.map { try model.encodeImage($0) }
        var cache = model.makeCache(format: .float32)
        let logits = try model.forward(reference.tokens, imageFeatures: features, cache: &cache, logits: .all)
        let last = logits.rows((logits.rows - 16)..<logits.rows)
        let error = largestDifference(last.values, try reference.numbers("logits_bf16_weights_last16"))
        #expect(error < Self.tolerance)
        print("parity \(name) bfloat16 weights: largest error \(error)")
    }

    @Test(
        "sixteen greedy tokens through the cache", arguments: ModelReference.cases,
        [("hf-f32", "greedy_f32"), ("hf-bf16", "greedy_bf16_weights")])
    func greedy(name: String, weights: (folder: String, key: String)) throws {
        let reference = try ModelReference(name)
        let model = try ModelReference.model(weights.folder)
        let features = try reference.pictures.map { try model.encodeImage($0) }
        var cache = model.makeCache(format: .float32)
        var logits = try model.forward(reference.tokens, imageFeatures: features, cache: &cache)
        var generated: [Int] = []
        while generated.count < 16 {
            #expect(logits.rows == 1)
            let row = logits.row(0)
            let best = try #require(row.indices.max { row[$0] < row[$1] })
            generated.append(best)
            logits = try model.forward([best], cache: &cache)
        }
        #expect(generated == (try reference.ids(weights.key)))
        #expect(cache.count == reference.tokens.count + 16)
    }

    @Test("rotations with the dimensions of the released model")
    func rotations() throws {
        let file = try SafetensorsFile(path: ModelReference.folder + "/rope-real-dims.safetensors")
        let rotary = RotaryEmbedding(headDimension: 128, theta: 1e9)
        let frequencies = try file.tensor("text.inv_freq").floats()
        #expect(zip(rotary.inverseFrequencies, frequencies).allSatisfy { abs($0 - $1) <= 2e-7 * $1 })
        let positions = try file.tensor("text.positions").integers()
        let (cosines, sines) = (try file.tensor("text.cos").floats(), try file.tensor("text.sin").floats())
        for (row, position) in positions.enumerated() {
            let table = rotary.table(positions: position..<(position + 1))
            let range = (row * 128)..<(row * 128 + 64)
            // One unit in the last place of the highest frequencies moves the angle by position * 1e-7.
            let tolerance = max(1e-6, Float(position) * 1.2e-7)
            #expect(largestDifference(table.cosines.row(0), Array(cosines[range])) <= tolerance, "\(position)")
            #expect(largestDifference(table.sines.row(0), Array(sines[range])) <= tolerance, "\(position)")
        }

        let axial = AxialRotaryEmbedding(headDimension: 64, theta: 10000)
        #expect(largestDifference(axial.rowFrequencies, try file.tensor("vision.inv_freq_rows").floats()) < 1e-7)
        #expect(largestDifference(axial.columnFrequencies, try file.tensor("vision.inv_freq_cols").floats()) < 1e-7)
        let grid = axial.table(rows: 110, columns: 110)
        let places = try file.tensor("vision.row_col").integers()
        let axialCosines = try file.tensor("vision.cos").floats()
        let axialSines = try file.tensor("vision.sin").floats()
        for number in 0..<(places.count / 2) {
            let row = places[2 * number] * 110 + places[2 * number + 1]
            let range = (number * 64)..<(number * 64 + 32)
            #expect(largestDifference(grid.cosines.row(row), Array(axialCosines[range])) < 2e-5)
            #expect(largestDifference(grid.sines.row(row), Array(axialSines[range])) < 2e-5)
        }
    }
}
