/// Writes metrics in the Prometheus text format 0.0.4:
/// https://prometheus.io/docs/instrumenting/exposition_formats.
public struct PrometheusText: Sendable {
    public private(set) var text = ""

    public init() {}

    /// Something that only grows. Its name ends with `_total`.
    public mutating func counter(_ name: String, _ help: String, _ samples: [Sample]) {
        write(name, "counter", help, samples)
    }

    /// Something that goes up and down.
    public mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) {
        write(name, "gauge", help, samples)
    }

    /// How often values up to certain bounds were seen.
    public mutating func histogram(_ name: String, _ help: String, _ histograms: [Histogram]) {
        head(name, "histogram", help)
        for histogram in histograms {
            for bucket in histogram.buckets {
                line(
                    name + "_bucket", histogram.labels + [Label("le", Self.number(bucket.bound))], Double(bucket.count))
            }
            line(name + "_bucket", histogram.labels + [Label("le", "+Inf")], Double(histogram.count))
            line(name + "_sum", histogram.labels, histogram.sum)
            line(name + "_count", histogram.labels, Double(histogram.count))
        }
    }

    /// How long something took in all, and how often it happened.
    public mutating func summary(_ name: String, _ help: String, _ summaries: [Summary]) {
        head(name, "summary", help)
        for summary in summaries {
            line(name + "_sum", summary.labels, summary.sum)
            line(name + "_count", summary.labels, Double(summary.count))
        }
    }

    private mutating func write(_ name: String, _ type: String, _ help: String, _ samples: [Sample]) {
        head(name, type, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        let help = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func line(_ name: String, _ labels: [Label], _ value: Double) {
        let labels = labels.map(\.text).joined(separator: ",")
        text += name + (labels.isEmpty ? "" : "{\(labels)}") + " \(Self.number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
