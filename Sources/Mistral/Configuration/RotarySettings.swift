/// Settings of rotations, in the spellings of Hugging Face's files: keys of their own, `rope_scaling`, or
/// `rope_parameters` as newer files have it.
struct RotarySettings {
    private(set) var theta: Double
    private(set) var scaling: RotaryScaling?
    private(set) var queryScaling: QueryScaling?

    private static let defaultTheta = 10_000.0
    /// Bases of frequencies: 1 would turn all pairs alike.
    static let thetas = 2.0...1e15

    /// - Parameter types: the types of scaling that the stack can have, "default" for none.
    init(_ reader: ConfigurationReader, types: [String]) throws(ModelError) {
        theta = try reader.number("rope_theta", Self.thetas, default: Self.defaultTheta)
        let key = ["rope_parameters", "rope_scaling"].first { reader.value($0) != nil }
        guard let key else {
            guard types.contains("default") else { throw reader.invalid("rope_parameters", "it is missing") }
            return
        }
        if key == "rope_parameters" {
            try reader.refuse("rope_scaling", "it is there besides rope_parameters")
        }
        let parameters = try reader.section(key)
        theta = try parameters.number("rope_theta", Self.thetas, default: theta)
        try parameters.require("rope_type", types)
        try parameters.require("type", types)
        let spelling = parameters.value("rope_type") == nil ? "type" : "rope_type"
        guard let type = try parameters.string(spelling) else {
            if key == "rope_scaling" || !types.contains("default") {
                throw parameters.invalid("rope_type", "it is missing")
            }
            try parameters.refuseOthers()
            return
        }
        if type == "yarn" {
            scaling = try RotaryScaling(huggingFace: parameters)
            queryScaling = try QueryScaling(huggingFace: parameters, originalPositions: scaling?.originalPositions ?? 1)
        }
        // The whole head is rotated, and the length is a statement about the model: it is in the settings around.
        if let share = parameters.value("partial_rotary_factor"), share.doubleValue != 1 {
            throw parameters.unsupported("partial_rotary_factor", "only heads that are rotated as a whole are known")
        }
        try parameters.refuseOthers(harmless: ["max_position_embeddings"])
    }
}

extension RotaryScaling {
    static let factors = 1.0...10_000.0
    static let positions = 1...16_777_216
    static let turns = 1e-3...1e6

    fileprivate init(huggingFace reader: ConfigurationReader) throws(ModelError) {
        let factor = try reader.number("factor", Self.factors)
        let multipliers = 1e-6...1e3
        var attention = Self.attentionFactor(factor)
        if reader.value("mscale") != nil, reader.value("mscale_all_dim") != nil {
            let numerator = try reader.number("mscale", multipliers)
            let denominator = try reader.number("mscale_all_dim", multipliers)
            attention =
                Self.attentionFactor(factor, multiplier: numerator)
                / Self.attentionFactor(factor, multiplier: denominator)
        }
        self.init(
            factor: factor,
            originalPositions: try reader.integer("original_max_position_embeddings", Self.positions),
            fastTurns: try reader.number("beta_fast", Self.turns, default: 32),
            slowTurns: try reader.number("beta_slow", Self.turns, default: 1),
            attentionFactor: try reader.number("attention_factor", 1e-3...1e3, default: attention),
            roundsBounds: try reader.bool("truncate", default: true))
    }
}

extension QueryScaling {
    fileprivate init?(huggingFace reader: ConfigurationReader, originalPositions: Int) throws(ModelError) {
        guard reader.value("llama_4_scaling_beta") != nil else { return nil }
        self.init(
            beta: try reader.number("llama_4_scaling_beta", 0...100), originalPositions: originalPositions)
    }
}
