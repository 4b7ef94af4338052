import Foundation

/// The middle and the ends of some measurements.
struct Spread {
    private let sorted: [Double]

    init(_ values: [Double]) { sorted = values.sorted() }

    /// Of seconds.
    var milliseconds: String {
        sorted.count == 1 ? format(1000, 1) + " ms" : "median \(format(1000, 1)) ms" + range(1000, 1)
    }

    /// Of numbers without a unit.
    var plain: String { "median \(format(1, 3))" + range(1, 3) }

    private func format(_ scale: Double, _ digits: Int) -> String { text(sorted[sorted.count / 2] * scale, digits) }

    private func range(_ scale: Double, _ digits: Int) -> String {
        " (10 to 90 in 100: \(text(sorted[sorted.count / 10] * scale, digits)) to "
            + "\(text(sorted[sorted.count - 1 - sorted.count / 10] * scale, digits)))"
    }

    private func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}

/// Memory of this process.
enum Memory {
    /// Most bytes resident so far.
    static func peak() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }
}
