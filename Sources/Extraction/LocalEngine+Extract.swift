import Inference
import JSONSchema
import Mistral
import PageImages
import Tensors

extension LocalEngine: ExtractionEngine {
    public func open(
        _ file: DocumentFile, schema: ExtractionSchema, options: ExtractionOptions
    ) throws(ExtractionError) -> any ExtractionJob {
        try LocalJob(self, file, schema, options)
    }

    /// Reads the document at a path and gives its record.
    ///
    /// All chosen pages go into one context. Whether they fit is known from their sizes, before any of them is drawn.
    ///
    /// - Throws: `ExtractionError`; a record that is incomplete or breaks its schema is never given out.
    public func extract(
        _ path: String, schema: ExtractionSchema, options: ExtractionOptions = .init(),
        progress: (ExtractionProgress) -> Bool = { _ in true }
    ) throws(ExtractionError) -> Extraction {
        let file = try ExtractionError.wrapping { () throws(DocumentError) in
            try DocumentFile(path: path, limits: limits)
        }
        return try open(file, schema: schema, options: options).extract(progress: progress)
    }
}

// The steps of a job.
extension LocalEngine {
    /// Refuses pages that alone exceed the context, before a token of them is laid out.
    func checkImages(file: String, tokenCount: Int, schema: ExtractionSchema) throws(ExtractionError) {
        let context = model.configuration.text.maxPositions
        guard tokenCount < context else {
            let schemaTokens = try prompt(schema: schema, grids: []).ids.count
            throw .doesNotFit(
                file: file, promptTokens: tokenCount + schemaTokens,
                answerTokens: generator.shortestAnswer(schema.grammar),
                contextLength: context)
        }
    }

    func prompt(schema: ExtractionSchema, grids: [ImageTokenGrid]) throws(ExtractionError) -> PromptTokens {
        do {
            return try template.encode([
                .system(ChatContent(ExtractionPrompt.systemPrompt(schema: schema.value))),
                .user(ChatContent(grids.map(ContentChunk.image))),
            ])
        } catch {
            throw .template(error)
        }
    }

    /// Tokens that the answer may take: what was asked for, or the default as far as the context has room.
    func budget(
        file: String, prompt: PromptTokens, schema: ExtractionSchema, maximumTokens: Int?
    ) throws(ExtractionError) -> Int {
        let context = model.configuration.text.maxPositions
        let room = context - prompt.ids.count
        let shortest = generator.shortestAnswer(schema.grammar)
        if let maximumTokens, maximumTokens < shortest {
            throw .budgetTooSmall(file: file, budget: maximumTokens, shortest: shortest)
        }
        let needed = maximumTokens ?? shortest
        guard needed <= room else {
            throw .doesNotFit(
                file: file, promptTokens: prompt.ids.count, answerTokens: needed, contextLength: context)
        }
        return maximumTokens ?? min(room, max(shortest, ExtractionOptions.defaultMaximumTokens))
    }

    func encode(
        _ pixels: PixelValues, file: String, _ progress: (Double) -> Bool
    ) throws(ExtractionError) -> Matrix {
        do {
            return try withoutActuallyEscaping(progress) { progress throws(ModelError) -> Matrix in
                try model.encodeImage(pixels, progress: progress)
            }
        } catch .cancelled {
            throw .generation(file: file, .cancelled)
        } catch {
            throw .generation(file: file, .model(error))
        }
    }

    func generate(
        _ request: GenerationRequest, file: String, _ progress: (ExtractionProgress) -> Bool
    ) throws(ExtractionError) -> Generation {
        do {
            return try withoutActuallyEscaping(progress) { progress throws(InferenceError) -> Generation in
                try generator.generate(request) { state in
                    switch state {
                    case .prefilling(let share): progress(.prefilling(share: share))
                    case .decoding(let tokens, let speed): progress(.decoding(tokens: tokens, tokensPerSecond: speed))
                    }
                }
            }
        } catch {
            throw .generation(file: file, error)
        }
    }
}
