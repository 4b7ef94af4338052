import Tensors

extension MistralModel {
    /// The rows whose logits are wanted.
    public enum LogitRows: Sendable {
        /// None: (0, vocabulary).
        case none
        /// Only the last one: (1, vocabulary).
        case last
        /// All: (tokens, vocabulary).
        case all
    }

    /// Appends tokens to a sequence and computes logits.
    ///
    /// - Parameters:
    ///   - tokens: ids of the new tokens, at least one.
    ///   - imageFeatures: results of `encodeImage`, whose rows replace the embeddings of the [IMG] tokens in order.
    ///   - cache: the sequence so far; it is extended by the new tokens.
    ///   - observer: receives the hidden states after each stage.
    ///   - progress: called before each layer.
    /// - Throws: `ModelError.token`, `.noTokens`, `.imageFeatures`, `.contextLength`, `.cacheFormat`, `.cacheMemory`,
    ///   `.foreignCache` before anything is computed; `.cancelled` later. The cache is as it was if this throws.
    public func forward(
        _ tokens: [Int], imageFeatures: [Matrix] = [], cache: inout KVCache, logits: LogitRows = .last,
        observer: ModelObserver? = nil, progress: ModelProgress? = nil
    ) throws(ModelError) -> Matrix {
        var steps = [
            SequenceStep(tokens: tokens, imageFeatures: imageFeatures, cache: cache.taken(), logits: logits)
        ]
        defer { cache = steps[0].cache.taken() }
        return try run(&steps, observer: observer, progress: progress)[0]
    }

    /// Embeddings of tokens with image features in place of the [IMG] tokens: (tokens, hidden).
    public func embed(_ tokens: [Int], imageFeatures: [Matrix] = []) throws(ModelError) -> Matrix {
        try check(tokens, imageFeatures: imageFeatures)
        return embedChecked(tokens[...], imageFeatures: imageFeatures)
    }

    /// Throws what `embed` would throw.
    func check(_ tokens: [Int], imageFeatures: [Matrix]) throws(ModelError) {
        let vocabulary = configuration.text.vocabularySize
        for (index, id) in tokens.enumerated() where id < 0 || id >= vocabulary {
            throw .token(id: id, index: index, vocabularySize: vocabulary)
        }
        let places = tokens.count { $0 == configuration.imageTokenID }
        let rows = imageFeatures.reduce(0) { $0 + $1.rows }
        guard places == rows else {
            throw .imageFeatures(tokens: places, rows: rows, reason: "the numbers must be equal")
        }
        let hidden = configuration.text.hiddenSize
        guard imageFeatures.allSatisfy({ $0.columns == hidden }) else {
            throw .imageFeatures(tokens: places, rows: rows, reason: "a row must have \(hidden) numbers")
        }
    }

    /// Embeddings of some of the tokens of a checked input.
    ///
    /// - Parameter firstFeature: the row, of all image features together, that the first [IMG] among them takes.
    func embedChecked(_ tokens: ArraySlice<Int>, imageFeatures: [Matrix], firstFeature: Int = 0) -> Matrix {
        var embeddings = decoder.weights.embedding.rows(at: Array(tokens))
        var (image, row) = (0, firstFeature)
        for (place, token) in tokens.enumerated() where token == configuration.imageTokenID {
            while image < imageFeatures.count, row >= imageFeatures[image].rows {
                row -= imageFeatures[image].rows
                image += 1
            }
            guard image < imageFeatures.count else { break }
            embeddings.replaceRows(from: place, with: imageFeatures[image].rows(row..<(row + 1)))
            row += 1
        }
        return embeddings
    }
}
