import Tensors

extension ModelError {
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .incomplete(let path, let reason), .mismatch(let path, let reason): "\(path): \(reason)"
        case .ambiguous(let path, let reason, let files):
            "\(path): \(reason): \(files.map(Self.name).joined(separator: ", "))"
        case .configuration(let path, let key, let reason):
            "\(path): \(key): \(reason); repair the file or download the model again"
        case .unsupported(let path, let key, let reason):
            "\(path): \(key): \(reason); only decoders of the Mistral architecture, with a Pixtral vision encoder or "
                + "without, can be run"
        case .weights(let error): "\(error); download the model again"
        case .gguf(let error): error.description
        case .notFinite(let path, let tensor):
            "\(path): tensor \"\(tensor)\" has an infinite or NaN number: it is damaged; download the model again"
        case .missingTensor(let folder, let name, let shape):
            "\(folder): no weight file has the tensor \"\(name)\" (shape \(shape)) that the configuration calls for; "
                + "check that all weight files are there and belong to this configuration"
        case .tensorShape(let folder, let name, let expected, let found):
            "\(folder): tensor \"\(name)\" has shape \(found), but the configuration calls for \(expected); "
                + "check that the weight files belong to this configuration"
        case .token(let id, let index, let size):
            "token \(index) of the input has id \(id), outside the vocabulary of \(size); "
                + "check that the tokenizer belongs to the model"
        case .noTokens: "there are no tokens to run the model on"
        case .noVision:
            "the model has no vision encoder: get the mmproj file of the same model and put it beside the text model, "
                + "as the only one there"
        case .picture(let height, let width, let reason): "a picture of \(width) x \(height) pixels: \(reason)"
        case .imageFeatures(let tokens, let rows, let reason):
            "\(tokens) image tokens and \(rows) rows of image features: \(reason)"
        case .contextLength(let needed, let limit):
            "the input needs \(needed) positions, but the model has \(limit); use fewer or smaller pages"
        case .foreignCache: "the key-value cache belongs to a model of another shape"
        case .cacheFormat(let format, let headDimension):
            "the key-value cache cannot be \(format.rawValue): the model's heads have \(headDimension) numbers, which is "
                + "no multiple of 32; use \(KeyValueFormat.float16.rawValue)"
        case .cacheMemory(let positions, let bytes):
            "not enough memory for \(positions) positions of the key-value cache (\(bytes) bytes)"
        case .cancelled: "the caller stopped the model"
        }
    }

    /// The last part of a path.
    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
