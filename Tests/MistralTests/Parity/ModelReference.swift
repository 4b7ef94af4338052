import JSONSchema
import Mistral
import Tensors
import TestSupport
import Testing

/// The reference model and what it computed for one input.
struct ModelReference {
    /// Folder of the reference models in this package.
    static let folder = Repository.reference("model")

    static let cases = ["text", "one_image", "two_images"]

    let tensors: SafetensorsFile
    let tokens: [Int]
    let pictures: [PixelValues]
    private let description: JSONValue

    init(_ name: String) throws {
        let bytes = try MemoryMappedFile.contents(of: "\(Self.folder)/\(name).json", limit: 1 << 20)
        let description = try JSONValue(parsing: bytes)
        let tensors = try SafetensorsFile(path: "\(Self.folder)/\(name).safetensors")
        let sizes = try #require(description["pixel_chw"]?.arrayValue)
        pictures = try sizes.enumerated().map { number, size in
            try PixelValues(
                height: #require(size[1]?.intValue), width: #require(size[2]?.intValue),
                values: tensors.tensor("pixel_values.\(number)").floats())
        }
        tokens = try tensors.tensor("input_ids").integers()
        self.tensors = tensors
        self.description = description
    }

    func numbers(_ name: String) throws -> [Float] { try tensors.tensor(name).floats() }

    /// Token ids of an array of the description.
    func ids(_ key: String) throws -> [Int] {
        try #require(description[key]?.arrayValue).map { try #require($0.intValue) }
    }

    static func model(_ name: String, threads: ThreadPool = ThreadPool()) throws -> MistralModel {
        try MistralModel(folder: "\(folder)/\(name)", threads: threads)
    }
}

/// The largest absolute difference; infinite for different lengths or NaN.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count, !a.isEmpty else { return .infinity }
    return zip(a, b).map { abs($0 - $1) }.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
}

/// A small model of random weights that needs no files.
let smallConfiguration = MistralConfiguration(
    text: .init(
        hiddenSize: 64, layers: 2, heads: 4, keyValueHeads: 2, headDimension: 16, intermediateSize: 96,
        vocabularySize: 200, maxPositions: 700),
    vision: .init(hiddenSize: 32, layers: 2, heads: 2, intermediateSize: 48, imageSize: 140))
