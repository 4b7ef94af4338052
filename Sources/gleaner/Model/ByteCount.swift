/// Sizes as people read them.
enum ByteCount {
    /// `14.3 GB`, `812 kB`: powers of a thousand, as file managers and model pages have it.
    static func text(_ bytes: Int) -> String {
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        if unit == 0 { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
        return "\(rounded(value)) \(units[unit])"
    }

    /// `24.0 billion`, `35.7 million`.
    static func count(_ number: Int) -> String {
        if number >= 1_000_000_000 { return "\(rounded(Double(number) / 1e9)) billion" }
        if number >= 1_000_000 { return "\(rounded(Double(number) / 1e6)) million" }
        return "\(number)"
    }

    /// Three digits: `1.43`, `14.3`, `143`.
    private static func rounded(_ value: Double) -> String {
        if value >= 99.95 { return "\(Int(value.rounded()))" }
        let digits = value >= 9.995 ? 10.0 : 100.0
        return "\((value * digits).rounded() / digits)"
    }
}
