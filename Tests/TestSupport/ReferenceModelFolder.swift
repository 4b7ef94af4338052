import Foundation

/// A copy of the small reference model with its tokenizer, whose files a test may change; removed at the end.
public final class ReferenceModelFolder: Sendable {
    private let folder: TemporaryFolder

    public var path: String { folder.path }

    /// - Parameters:
    ///   - config: may change the text of config.json.
    ///   - header: may change the text of the weight file's header.
    ///   - data: may change the numbers behind it.
    public init(
        config: (String) -> String = { $0 }, header: (String) -> String = { $0 },
        data: (inout [UInt8]) -> Void = { _ in }
    ) throws {
        folder = try TemporaryFolder()
        let source = Repository.reference("model/hf-f32")
        let json = try Repository.bytes(of: source + "/config.json")
        try folder.write("config.json", Array(config(String(decoding: json, as: UTF8.self)).utf8))
        let weights = try Repository.bytes(of: source + "/model.safetensors")
        // Safetensors: 8 bytes of header length, the header, the data.
        let length = (0..<8).reduce(0) { $0 | Int(weights[$1]) << (8 * $1) }
        let text = Array(header(String(decoding: weights[8..<(8 + length)], as: UTF8.self)).utf8)
        let size = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        var numbers = Array(weights[(8 + length)...])
        data(&numbers)
        try folder.write("model.safetensors", size + text + numbers)
        try folder.write("tekken.json", Repository.bytes(of: Repository.reference("tokenizer/tekken_v11_tiny.json")))
    }
}

/// A change of text for `ReferenceModelFolder`.
public func replacing(_ old: String, _ new: String) -> (String) -> String {
    { $0.replacingOccurrences(of: old, with: new) }
}
