import Tensors

/// What one sequence brings to a pass over several.
public struct SequenceStep: Sendable {
    /// Ids of the new tokens, at least one.
    public var tokens: [Int]
    /// Rows in place of the [IMG] tokens among them, in order: part of an image where the others come with other steps.
    public var imageFeatures: [Matrix]
    /// The sequence so far; the pass extends it. A copy of it elsewhere costs a page: see `KVCache`.
    public var cache: KVCache
    public var logits: MistralModel.LogitRows

    public init(
        tokens: [Int], imageFeatures: [Matrix] = [], cache: KVCache, logits: MistralModel.LogitRows = .last
    ) {
        self.tokens = tokens
        self.imageFeatures = imageFeatures
        self.cache = cache
        self.logits = logits
    }
}

extension MistralModel {
    /// Appends tokens to several sequences in one pass over the weights: the logits that each step asks for.
    ///
    /// The numbers of a step do not depend on the others.
    /// - Parameter progress: called before each layer.
    /// - Throws: as `forward` of one sequence; all caches are as they were then.
    public func forward(
        _ steps: inout [SequenceStep], progress: ModelProgress? = nil
    ) throws(ModelError) -> [Matrix] {
        try run(&steps, observer: nil, progress: progress)
    }

    /// - Parameter observer: for one step only: its rows are numbered within the step.
    func run(
        _ steps: inout [SequenceStep], observer: ModelObserver?, progress: ModelProgress?
    ) throws(ModelError) -> [Matrix] {
        for step in steps { try check(step) }
        let before = steps.map { (count: $0.cache.count, capacity: $0.cache.capacity) }
        do {
            for index in steps.indices { try steps[index].cache.reserve(steps[index].tokens.count) }
            return try runChecked(&steps, observer: observer, progress: progress)
        } catch {
            for index in steps.indices {
                steps[index].cache.restore(count: before[index].count, capacity: before[index].capacity)
            }
            throw error
        }
    }

    private func check(_ step: SequenceStep) throws(ModelError) {
        guard !step.tokens.isEmpty else { throw .noTokens }
        try check(step.tokens, imageFeatures: step.imageFeatures)
        guard step.cache.shape == decoder.shape, step.cache.layers == configuration.text.layers,
            step.cache.limit <= configuration.text.maxPositions
        else { throw .foreignCache }
    }

    private func runChecked(
        _ steps: inout [SequenceStep], observer: ModelObserver?, progress: ModelProgress?
    ) throws(ModelError) -> [Matrix] {
        let vocabulary = configuration.text.vocabularySize
        var results = steps.map { Matrix(rows: $0.logitRows.count, columns: vocabulary) }
        let parts = passParts(of: steps)
        let total = steps.reduce(0) { $0 + $1.tokens.count }
        var done = 0
        for part in parts {
            let rows = part.reduce(0) { $0 + $1.tokens.count }
            let firstRow = part.first?.tokens.lowerBound ?? 0
            let embeddings = Matrix(
                joining: part.map { span in
                    embedChecked(
                        steps[span.step].tokens[span.tokens], imageFeatures: steps[span.step].imageFeatures,
                        firstFeature: span.firstFeature)
                })
            observer?(HiddenState(stage: .embedding, firstRow: firstRow, values: embeddings))
            let hidden = try extend(&steps, by: part, embeddings, observer: observer, firstRow: firstRow) {
                (share: Double) throws(ModelError) in
                try progress.report((Double(done) + share * Double(rows)) / Double(total))
            }
            if let observer {
                let normalized = decoder.normalized(hidden, threads: threads)
                observer(HiddenState(stage: .finalNorm, firstRow: firstRow, values: normalized))
            }
            addLogits(of: hidden, part, steps, to: &results)
            done += rows
        }
        try progress.report(1)
        return results
    }

    /// Runs the layers on some tokens of some steps, and adds them to their caches.
    private func extend(
        _ steps: inout [SequenceStep], by part: [StepSpan], _ embeddings: Matrix, observer: ModelObserver?,
        firstRow: Int, progress: (Double) throws(ModelError) -> Void
    ) throws(ModelError) -> Matrix {
        var sequences: [CausalSequence] = []
        for span in part {
            // Taken, not copied: pages that are written must not be shared.
            sequences.append(
                CausalSequence(
                    rows: span.rows, position: steps[span.step].cache.count,
                    pages: steps[span.step].cache.pages.taken()))
        }
        defer {
            for (index, span) in part.enumerated() {
                steps[span.step].cache.pages = sequences[index].pages.taken()
            }
        }
        let hidden = try decoder.run(
            embeddings, sequences: &sequences, firstRow: firstRow, threads: threads, observer: observer,
            progress: progress)
        for span in part { steps[span.step].cache.advance(span.tokens.count) }
        return hidden
    }

    /// Computes the logits that are wanted of the rows of a part, all together.
    private func addLogits(of hidden: Matrix, _ part: [StepSpan], _ steps: [SequenceStep], to results: inout [Matrix]) {
        let wanted = part.map { steps[$0.step].logitRows.clamped(to: $0.tokens) }
        guard wanted.contains(where: { !$0.isEmpty }) else { return }
        let rows = zip(part, wanted).map { span, wanted in
            let first = span.rows.lowerBound + wanted.lowerBound - span.tokens.lowerBound
            return hidden.rows(first..<(first + wanted.count))
        }
        let logits = decoder.logits(decoder.normalized(Matrix(joining: rows), threads: threads), threads: threads)
        var row = 0
        for (span, wanted) in zip(part, wanted) where !wanted.isEmpty {
            results[span.step].replaceRows(
                from: wanted.lowerBound - steps[span.step].logitRows.lowerBound,
                with: logits.rows(row..<(row + wanted.count)))
            row += wanted.count
        }
    }

    /// Some tokens of one step within a pass over the layers.
    private struct StepSpan {
        let step: Int
        let tokens: Range<Int>
        /// Their rows in the pass.
        let rows: Range<Int>
        /// Number of the image feature that the first [IMG] among them takes.
        let firstFeature: Int
    }

    /// Rows that pass through the layers at once: bounds the memory of a pass.
    private static var rowsAtOnce: Int { 512 }

    /// The tokens of all steps in parts of at most `rowsAtOnce`.
    private func passParts(of steps: [SequenceStep]) -> [[StepSpan]] {
        var parts: [[StepSpan]] = []
        var part: [StepSpan] = []
        var rows = 0
        for (number, step) in steps.enumerated() {
            var (first, feature) = (0, 0)
            while first < step.tokens.count {
                let count = min(step.tokens.count - first, Self.rowsAtOnce - rows)
                let tokens = first..<(first + count)
                part.append(
                    StepSpan(step: number, tokens: tokens, rows: rows..<(rows + count), firstFeature: feature))
                feature += step.tokens[tokens].count { $0 == configuration.imageTokenID }
                first += count
                rows += count
                if rows == Self.rowsAtOnce {
                    parts.append(part)
                    (part, rows) = ([], 0)
                }
            }
        }
        return part.isEmpty ? parts : parts + [part]
    }
}

extension SequenceStep {
    /// The tokens whose logits are wanted.
    fileprivate var logitRows: Range<Int> {
        switch logits {
        case .none: tokens.count..<tokens.count
        case .last: (tokens.count - 1)..<tokens.count
        case .all: 0..<tokens.count
        }
    }
}
