/// How a token is chosen among those allowed.
public struct SamplingParameters: Hashable, Sendable {
    /// 0 takes the likeliest; 1 draws from the model's distribution; below 1 sharpens it.
    public var temperature: Float
    /// Of the random numbers that a temperature above 0 draws.
    public var seed: UInt64

    public init(temperature: Float = 0, seed: UInt64 = 0) {
        self.temperature = temperature
        self.seed = seed
    }
}
