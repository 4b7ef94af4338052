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

    /// Rows that pass through the layers at once.
    private static let rowsAtOnce = 512

    /// Appends tokens to a sequence and computes logits.
    ///
    /// - Parameters:
    ///   - tokens: ids of the new tokens, at least one.
    ///   - imageFeatures: results of `encodeImage`, whose rows replace the embeddings of the [IMG] tokens in order.
    ///   - cache: the sequence so far; it is extended by the new tokens.
    ///   - observer: receives the hidden states after each stage.
    ///   - progress: called before each layer.
    /// - Throws: `ModelError.token`, `.noTokens`, `.imageFeatures`, `.contextLength`, `.cacheMemory`, `.foreignCache`
    ///   before anything is computed; `.cancelled` later. The cache is as it was if this throws.
    public func forward(
        _ tokens: [Int], imageFeatures: [Matrix] = [], cache: inout KVCache, logits: LogitRows = .last,
        observer: ModelObserver? = nil, progress: ModelProgress? = nil
    ) throws(ModelError) -> Matrix {
        guard !tokens.isEmpty else { throw .noTokens }
        let embeddings = try embed(tokens, imageFeatures: imageFeatures)
        guard cache.shape == decoder.shape, cache.layers.count == configuration.text.layers,
            cache.limit <= configuration.text.maxPositions
        else { throw .foreignCache }
        let start = cache.count
        try cache.reserve(tokens.count)
        observer?(HiddenState(stage: .embedding, firstRow: 0, values: embeddings))
        do {
            return try run(embeddings, cache: &cache, logits: logits, observer: observer, progress: progress)
        } catch {
            cache.truncate(to: start)
            throw error
        }
    }

    /// Embeddings of tokens with image features in place of the [IMG] tokens: (tokens, hidden).
    public func embed(_ tokens: [Int], imageFeatures: [Matrix] = []) throws(ModelError) -> Matrix {
        let vocabulary = configuration.text.vocabularySize
        for (index, id) in tokens.enumerated() where id < 0 || id >= vocabulary {
            throw .token(id: id, index: index, vocabularySize: vocabulary)
        }
        let places = tokens.indices.filter { tokens[$0] == configuration.imageTokenID }
        let rows = imageFeatures.reduce(0) { $0 + $1.rows }
        guard places.count == rows else {
            throw .imageFeatures(tokens: places.count, rows: rows, reason: "the numbers must be equal")
        }
        let hidden = configuration.text.hiddenSize
        guard imageFeatures.allSatisfy({ $0.columns == hidden }) else {
            throw .imageFeatures(tokens: places.count, rows: rows, reason: "a row must have \(hidden) numbers")
        }
        var embeddings = decoder.weights.embedding.rows(at: tokens)
        var next = places.makeIterator()
        for features in imageFeatures {
            for row in 0..<features.rows {
                guard let place = next.next() else { break }
                embeddings.replaceRows(from: place, with: features.rows(row..<(row + 1)))
            }
        }
        return embeddings
    }

    private func run(
        _ embeddings: Matrix, cache: inout KVCache, logits: LogitRows, observer: ModelObserver?,
        progress: ModelProgress?
    ) throws(ModelError) -> Matrix {
        let total = embeddings.rows
        let wantsAll = logits == .all
        var result = Matrix(rows: wantsAll ? total : 0, columns: configuration.text.vocabularySize)
        for first in stride(from: 0, to: total, by: Self.rowsAtOnce) {
            let range = first..<min(total, first + Self.rowsAtOnce)
            let part = range.count == total ? embeddings : embeddings.rows(range)
            let hidden = try decoder.run(
                part, firstRow: first, cache: &cache, threads: threads, observer: observer
            ) { (share: Double) throws(ModelError) in
                try progress.report((Double(first) + share * Double(range.count)) / Double(total))
            }
            if wantsAll || observer != nil {
                let normalized = decoder.normalized(hidden, threads: threads)
                observer?(HiddenState(stage: .finalNorm, firstRow: first, values: normalized))
                if wantsAll { result.replaceRows(from: first, with: decoder.logits(normalized, threads: threads)) }
            }
            if logits == .last, range.upperBound == total {
                let last = hidden.rows((hidden.rows - 1)..<hidden.rows)
                result = decoder.logits(decoder.normalized(last, threads: threads), threads: threads)
            }
        }
        try progress.report(1)
        return result
    }
}
