extension PrometheusText {
    /// Tells the series of one metric from each other.
    public struct Label: Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        var text: String {
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                .replacing("\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }
    }

    public struct Sample: Sendable {
        public var labels: [Label]
        public var value: Double

        public init(_ value: Double, _ labels: Label...) {
            self.labels = labels
            self.value = value
        }
    }

    public struct Histogram: Sendable {
        public var labels: [Label]
        /// In ascending order; each counts all values up to its bound. The one of all values is added.
        public var buckets: [(bound: Double, count: Int)]
        public var count: Int
        public var sum: Double

        public init(buckets: [(bound: Double, count: Int)], count: Int, sum: Double, _ labels: Label...) {
            self.labels = labels
            self.buckets = buckets
            self.count = count
            self.sum = sum
        }
    }

    public struct Summary: Sendable {
        public var labels: [Label]
        public var count: Int
        public var sum: Double

        public init(count: Int, sum: Double, _ labels: Label...) {
            self.labels = labels
            self.count = count
            self.sum = sum
        }
    }
}
