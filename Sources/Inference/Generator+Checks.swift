import Mistral
import Tensors

// What is known of a request before any work.
extension Generator {
    func check(_ request: GenerationRequest, shortest: Int) throws(InferenceError) {
        guard request.maximumTokens >= shortest else {
            throw .budgetTooSmall(budget: request.maximumTokens, shortest: shortest)
        }
        let (ids, text) = (request.prompt.ids, model.configuration.text)
        let (needed, overflow) = ids.count.addingReportingOverflow(request.maximumTokens)
        guard !overflow, needed <= text.maxPositions else {
            throw .contextTooShort(
                promptTokens: ids.count, answerTokens: request.maximumTokens, contextLength: text.maxPositions)
        }
        guard !ids.isEmpty else { throw .model(.noTokens) }
        if let index = ids.firstIndex(where: { $0 < 0 || $0 >= text.vocabularySize }) {
            throw .model(.token(id: ids[index], index: index, vocabularySize: text.vocabularySize))
        }
        try checkImages(request)
    }

    /// The prompt is read in parts, so that a part could come too late to find that its picture does not fit.
    private func checkImages(_ request: GenerationRequest) throws(InferenceError) {
        let places = request.prompt.ids.count { $0 == model.configuration.imageTokenID }
        let rows = request.imageFeatures.reduce(0) { $0 + $1.rows }
        guard places == rows else {
            throw .model(.imageFeatures(tokens: places, rows: rows, reason: "the numbers must be equal"))
        }
        let hidden = model.configuration.text.hiddenSize
        guard request.imageFeatures.allSatisfy({ $0.columns == hidden }) else {
            throw .model(.imageFeatures(tokens: places, rows: rows, reason: "a row must have \(hidden) numbers"))
        }
    }

    /// Bytes of keys and values that a request may come to need.
    func cacheBytes(for request: GenerationRequest) throws(InferenceError) -> Int {
        let headDimension = model.configuration.text.headDimension
        guard request.cacheFormat.holds(headDimension: headDimension) else {
            throw .model(.cacheFormat(request.cacheFormat, headDimension: headDimension))
        }
        // The answers share the pages of the prompt, but where they begin each has a page of its own.
        let branches = (request.choices - 1) * (request.maximumTokens + 2 * KeyValuePages.positionsPerPage)
        let positions = request.prompt.ids.count + request.maximumTokens + branches
        let needed = model.configuration.cacheBytes(positions: positions, format: request.cacheFormat)
        guard needed <= scheduler.limits.cacheBytes else {
            throw .cacheTooSmall(positions: positions, needed: needed, limit: scheduler.limits.cacheBytes)
        }
        return needed
    }
}
