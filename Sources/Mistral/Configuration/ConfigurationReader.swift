import JSONSchema

/// Reads settings within bounds: of an object of a JSON file, or of a section of a GGUF file's metadata.
///
/// It remembers which settings were asked for: `refuseOthers` refuses the rest.
struct ConfigurationReader {
    private final class AskedKeys {
        var keys: Set<String> = []
    }

    let path: String
    /// Dotted path of the object, empty for the whole file.
    let prefix: String
    let object: JSONValue
    private let asked = AskedKeys()

    init(path: String, prefix: String, object: JSONValue) {
        self.path = path
        self.prefix = prefix
        self.object = object
    }

    func place(_ key: String) -> String { prefix.isEmpty ? key : "\(prefix).\(key)" }

    func invalid(_ key: String, _ reason: String) -> ModelError {
        .configuration(path: path, key: place(key), reason: reason)
    }

    func unsupported(_ key: String, _ reason: String) -> ModelError {
        .unsupported(path: path, key: place(key), reason: reason)
    }

    /// The value of a key; nil also for null.
    func value(_ key: String) -> JSONValue? {
        asked.keys.insert(key)
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    func section(_ key: String) throws(ModelError) -> ConfigurationReader {
        guard let value = value(key) else { throw invalid(key, "it is missing") }
        guard value.objectValue != nil else { throw invalid(key, "it is not an object") }
        return ConfigurationReader(path: path, prefix: place(key), object: value)
    }

    func integer(_ key: String, _ range: ClosedRange<Int>, default fallback: Int? = nil) throws(ModelError) -> Int {
        let value = value(key)
        guard value != nil || fallback != nil else { throw invalid(key, "it is missing") }
        // What other settings imply is checked as what is said.
        guard let number = value == nil ? fallback : value?.intValue else {
            throw invalid(key, "it is not a whole number")
        }
        guard range.contains(number) else { throw invalid(key, "\(number) is not in \(range)") }
        return number
    }

    func number(
        _ key: String, _ range: ClosedRange<Double>, default fallback: Double? = nil
    ) throws(ModelError) -> Double {
        let value = value(key)
        guard value != nil || fallback != nil else { throw invalid(key, "it is missing") }
        guard let number = value == nil ? fallback : value?.doubleValue else {
            throw invalid(key, "it is not a number")
        }
        guard range.contains(number) else { throw invalid(key, "\(number) is not in \(range)") }
        return number
    }

    func bool(_ key: String, default fallback: Bool) throws(ModelError) -> Bool {
        guard let value = value(key) else { return fallback }
        guard let bool = value.boolValue else { throw invalid(key, "it is neither true nor false") }
        return bool
    }

    func string(_ key: String) throws(ModelError) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.stringValue else { throw invalid(key, "it is not a string") }
        return text
    }

    /// Three numbers.
    func triple(_ key: String, _ range: ClosedRange<Double>) throws(ModelError) -> SIMD3<Float>? {
        guard let value = value(key) else { return nil }
        let numbers = (value.arrayValue ?? []).compactMap(\.doubleValue)
        guard numbers.count == 3, value.arrayValue?.count == 3, numbers.allSatisfy(range.contains) else {
            throw invalid(key, "it is not three numbers in \(range)")
        }
        return SIMD3(Float(numbers[0]), Float(numbers[1]), Float(numbers[2]))
    }

    /// Refuses the model unless the key is absent or has one of the given strings.
    func require(_ key: String, _ allowed: [String]) throws(ModelError) {
        guard let text = try string(key), !allowed.contains(text) else { return }
        throw unsupported(key, "\"\(text)\" is not \(allowed.map { "\"\($0)\"" }.joined(separator: " or "))")
    }

    /// Refuses the model unless the key is absent or false.
    func requireNot(_ key: String, _ reason: String) throws(ModelError) {
        if try bool(key, default: false) { throw unsupported(key, reason) }
    }

    /// Refuses the model if the key is there, except with null or false.
    func refuse(_ key: String, _ reason: String) throws(ModelError) {
        if let value = value(key), value.boolValue != false { throw unsupported(key, reason) }
    }

    /// Refuses settings that were not asked for, since they could change what the model computes.
    ///
    /// Null, false, an empty object, and the settings in `harmless` cannot.
    func refuseOthers(harmless: Set<String> = []) throws(ModelError) {
        for (key, value) in object.objectValue?.members ?? [] {
            if asked.keys.contains(key) || harmless.contains(key) || key.hasPrefix("_") { continue }
            if value.isNull || value.boolValue == false || value.objectValue?.isEmpty == true { continue }
            let text = String(decoding: value.serialized().prefix(80), as: UTF8.self)
            throw unsupported(
                key, "the setting is unknown here, and could change what the model computes; it is \(text)")
        }
    }
}
