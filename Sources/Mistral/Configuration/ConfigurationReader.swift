import JSONSchema

/// Reads settings of one object of `config.json` within bounds.
struct ConfigurationReader {
    let path: String
    /// Dotted path of the object, empty for the whole file.
    let prefix: String
    let object: JSONValue

    private func place(_ key: String) -> String { prefix.isEmpty ? key : "\(prefix).\(key)" }

    func invalid(_ key: String, _ reason: String) -> ModelError {
        .configuration(path: path, key: place(key), reason: reason)
    }

    func unsupported(_ key: String, _ reason: String) -> ModelError {
        .unsupported(path: path, key: place(key), reason: reason)
    }

    /// The value of a key; nil also for null.
    func value(_ key: String) -> JSONValue? {
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    func section(_ key: String) throws(ModelError) -> ConfigurationReader {
        guard let value = value(key) else { throw invalid(key, "it is missing") }
        guard value.objectValue != nil else { throw invalid(key, "it is not an object") }
        return ConfigurationReader(path: path, prefix: place(key), object: value)
    }

    func integer(_ key: String, _ range: ClosedRange<Int>, default fallback: Int? = nil) throws(ModelError) -> Int {
        guard let value = value(key) else {
            guard let fallback else { throw invalid(key, "it is missing") }
            return fallback
        }
        guard let number = value.intValue else { throw invalid(key, "it is not a whole number") }
        guard range.contains(number) else { throw invalid(key, "\(number) is not in \(range)") }
        return number
    }

    func number(_ key: String, _ range: ClosedRange<Double>, default fallback: Double) throws(ModelError) -> Double {
        guard let value = value(key) else { return fallback }
        guard let number = value.doubleValue else { throw invalid(key, "it is not a number") }
        guard range.contains(number) else { throw invalid(key, "\(number) is not in \(range)") }
        return number
    }

    /// Refuses the model unless the key is absent or has one of the given strings.
    func require(_ key: String, _ allowed: [String]) throws(ModelError) {
        guard let value = value(key) else { return }
        guard let text = value.stringValue else { throw invalid(key, "it is not a string") }
        guard allowed.contains(text) else {
            throw unsupported(key, "\"\(text)\" is not \(allowed.map { "\"\($0)\"" }.joined(separator: " or "))")
        }
    }

    /// Refuses the model if the key is true.
    func requireNot(_ key: String, _ reason: String) throws(ModelError) {
        if value(key)?.boolValue == true { throw unsupported(key, reason) }
    }

    /// The base of the rotary frequencies: `rope_theta`, or `rope_parameters.rope_theta` as newer files write it.
    func ropeTheta(default fallback: Double, types: [String]) throws(ModelError) -> Double {
        if value("rope_scaling") != nil { throw unsupported("rope_scaling", "scaled rotary frequencies are unknown") }
        let range = 1.0...1e15
        guard value("rope_parameters") != nil else { return try number("rope_theta", range, default: fallback) }
        let parameters = try section("rope_parameters")
        try parameters.require("rope_type", types)
        return try parameters.number("rope_theta", range, default: number("rope_theta", range, default: fallback))
    }
}
