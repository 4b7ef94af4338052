import Tensors

/// A model cannot be loaded, or an input does not fit it.
public enum ModelError: Error, Equatable, CustomStringConvertible {
    /// A file of the model cannot be opened.
    case file(FileError)
    /// There is no model at the path, or a part of it is missing; the reason says what to do.
    case incomplete(path: String, reason: String)
    /// The path can mean several models.
    case ambiguous(path: String, reason: String, files: [String])
    /// Files do not belong together.
    case mismatch(path: String, reason: String)
    /// The configuration is not what the architecture needs; `key` is the dotted path of the setting.
    case configuration(path: String, key: String, reason: String)
    /// The configuration describes a model that this program does not run.
    case unsupported(path: String, key: String, reason: String)
    /// A safetensors file is damaged, or a tensor has a type that cannot be read.
    case weights(SafetensorsError)
    /// A GGUF file is damaged, or lacks what is needed.
    case gguf(GGUFError)
    /// A weight is infinite or not a number.
    case notFinite(path: String, tensor: String)
    /// A tensor that the configuration calls for is in none of the files.
    case missingTensor(folder: String, name: String, shape: [Int])
    /// A tensor does not have the shape that the configuration calls for.
    case tensorShape(folder: String, name: String, expected: [Int], found: [Int])
    /// A token id lies outside the vocabulary.
    case token(id: Int, index: Int, vocabularySize: Int)
    /// No tokens were given.
    case noTokens
    /// The model has no vision encoder.
    case noVision
    /// A picture's size or number of values does not fit the vision encoder.
    case picture(height: Int, width: Int, reason: String)
    /// The image tokens and the rows of image features differ in number, or the features in width.
    case imageFeatures(tokens: Int, rows: Int, reason: String)
    /// The sequence would become longer than the model allows.
    case contextLength(needed: Int, limit: Int)
    /// The cache was made for another model.
    case foreignCache
    /// The key-value cache cannot store the model's heads in the format that was asked for.
    case cacheFormat(KeyValueFormat, headDimension: Int)
    /// The system has not enough memory for the key-value cache.
    case cacheMemory(positions: Int, bytes: Int)
    /// The caller's progress function asked to stop.
    case cancelled

    init(_ error: SafetensorsError) {
        if case .file(let reason) = error { self = .file(reason) } else { self = .weights(error) }
    }
}
