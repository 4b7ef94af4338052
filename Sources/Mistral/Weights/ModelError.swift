import Tensors

/// A model cannot be loaded, or an input does not fit it.
public enum ModelError: Error, Equatable, CustomStringConvertible {
    /// A file of the model folder cannot be opened.
    case file(FileError)
    /// `config.json` is not what the architecture needs; `key` is the dotted path of the setting.
    case configuration(path: String, key: String, reason: String)
    /// `config.json` describes a model that this program does not run.
    case unsupported(path: String, key: String, reason: String)
    /// A weight file is damaged, or a tensor has a type that cannot be read.
    case weights(SafetensorsError)
    /// A tensor that the configuration calls for is in none of the files.
    case missingTensor(folder: String, name: String, shape: [Int])
    /// A tensor does not have the shape that the configuration calls for.
    case tensorShape(folder: String, name: String, expected: [Int], found: [Int])
    /// A token id lies outside the vocabulary.
    case token(id: Int, index: Int, vocabularySize: Int)
    /// No tokens were given.
    case noTokens
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

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .configuration(let path, let key, let reason):
            "\(path): \(key): \(reason); repair the file or download the model again"
        case .unsupported(let path, let key, let reason):
            "\(path): \(key): \(reason); only models of the Mistral Small 3.1 and 3.2 architecture can be run"
        case .weights(let error): "\(error); download the model again"
        case .missingTensor(let folder, let name, let shape):
            "\(folder): no weight file has the tensor \"\(name)\" (shape \(shape)) that config.json calls for; "
                + "check that all weight files are there and belong to this config.json"
        case .tensorShape(let folder, let name, let expected, let found):
            "\(folder): tensor \"\(name)\" has shape \(found), but config.json calls for \(expected); "
                + "check that the weight files belong to this config.json"
        case .token(let id, let index, let size):
            "token \(index) of the input has id \(id), outside the vocabulary of \(size); "
                + "check that the tokenizer belongs to the model"
        case .noTokens: "there are no tokens to run the model on"
        case .picture(let height, let width, let reason): "a picture of \(width) x \(height) pixels: \(reason)"
        case .imageFeatures(let tokens, let rows, let reason):
            "\(tokens) image tokens and \(rows) rows of image features: \(reason)"
        case .contextLength(let needed, let limit):
            "the input needs \(needed) positions, but the model has \(limit); use fewer or smaller pages"
        case .foreignCache: "the key-value cache belongs to a model of another shape"
        case .cacheFormat(let format, let headDimension):
            "the key-value cache cannot be \(format.rawValue): the model's heads have \(headDimension) numbers, which is no "
                + "multiple of 32; use \(KeyValueFormat.float16.rawValue)"
        case .cacheMemory(let positions, let bytes):
            "not enough memory for \(positions) positions of the key-value cache (\(bytes) bytes)"
        case .cancelled: "the caller stopped the model"
        }
    }
}
