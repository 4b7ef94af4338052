import Inference
import JSONSchema
import Mistral
import PageImages
import Tensors

extension LocalEngine {
    /// Reads a document and gives its record.
    ///
    /// All chosen pages go into one context. Whether they fit is known from their sizes, before any of them is drawn.
    ///
    /// - Throws: `ExtractionError`; a record that is incomplete or breaks its schema is never given out.
    public func extract(
        _ file: String, schema: ExtractionSchema, options: ExtractionOptions = .init(),
        progress: (ExtractionProgress) -> Void = { _ in }
    ) throws(ExtractionError) -> Extraction {
        let whole = Stopwatch()
        var seconds = Extraction.Seconds()
        let document = try open(file)
        let pages = try options.pages.pages(of: file, pageCount: document.pageCount)
        seconds.open = whole.seconds

        let grids = try pages.map { page throws(ExtractionError) in
            try grid(of: document, page: page, resolution: options.resolution)
        }
        try checkImages(file: file, grids: grids, schema: schema)
        let prompt = try prompt(schema: schema, grids: grids)
        let budget = try budget(file: file, prompt: prompt, schema: schema, maximumTokens: options.maximumTokens)

        var features: [Matrix] = []
        for (index, page) in pages.enumerated() {
            progress(.rendering(page: index + 1, of: pages.count))
            let renderTime = Stopwatch()
            let pixels = try pixels(of: document, page: page, resolution: options.resolution)
            seconds.render += renderTime.seconds
            let encodeTime = Stopwatch()
            features.append(
                try encode(pixels, file: file) {
                    progress(.encoding(share: (Double(index) + $0) / Double(pages.count)))
                })
            seconds.encode += encodeTime.seconds
        }

        let request = GenerationRequest(
            prompt: prompt, imageFeatures: features, grammar: schema.grammar, maximumTokens: budget,
            sampling: SamplingParameters(temperature: options.temperature, seed: options.seed))
        let generation = try generate(request, file: file, progress)
        seconds.prefill = generation.prefillSeconds
        seconds.decode = generation.decodeSeconds
        let record = try checkedRecord(generation.bytes, schema: schema, file: file)
        seconds.total = whole.seconds
        return Extraction(
            file: file, record: record, model: modelName, schemaSHA256: schema.sha256, pageCount: document.pageCount,
            pages: pages,
            tokens: .init(
                prompt: prompt.ids.count, image: prompt.images.reduce(0) { $0 + $1.grid.promptTokenCount },
                generated: generation.tokens.count, budget: budget,
                isBudgetLimitedByContext: options.maximumTokens == nil
                    && budget < ExtractionOptions.defaultMaximumTokens),
            seconds: seconds, endedByBudget: generation.endedByBudget)
    }

    private func open(_ file: String) throws(ExtractionError) -> Document {
        do {
            return try Document(path: file, limits: limits)
        } catch {
            throw .document(error)
        }
    }

    /// Size of a page in tokens, without drawing it.
    private func grid(of document: Document, page: Int, resolution: Double) throws(ExtractionError) -> ImageTokenGrid {
        do {
            let natural = try document.naturalSize(page: page, resolution: resolution)
            let target = preprocessor.targetSize(width: natural.width, height: natural.height)
            return ImageTokenGrid(tokensWide: target.tokensWide, tokensHigh: target.tokensHigh)
        } catch {
            throw .document(error)
        }
    }

    /// Refuses pages that alone exceed the context, before a token of them is laid out.
    private func checkImages(
        file: String, grids: [ImageTokenGrid], schema: ExtractionSchema
    ) throws(ExtractionError) {
        let context = model.configuration.text.maxPositions
        let image = grids.reduce(0) { $0 + $1.promptTokenCount }
        guard image < context else {
            throw .doesNotFit(
                file: file, promptTokens: image, answerTokens: generator.shortestAnswer(schema.grammar),
                contextLength: context)
        }
    }

    private func prompt(schema: ExtractionSchema, grids: [ImageTokenGrid]) throws(ExtractionError) -> PromptTokens {
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
    private func budget(
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

    private func pixels(of document: Document, page: Int, resolution: Double) throws(ExtractionError) -> PixelValues {
        do {
            let raster = try document.render(
                page: page, resolution: resolution, targetSize: preprocessor.renderSize(natural:))
            return preprocessor.pixelValues(of: raster)
        } catch {
            throw .document(error)
        }
    }

    private func encode(
        _ pixels: PixelValues, file: String, _ progress: (Double) -> Void
    ) throws(ExtractionError) -> Matrix {
        do {
            return try withoutActuallyEscaping(progress) { progress throws(ModelError) -> Matrix in
                let report: ModelProgress = { share in
                    progress(share)
                    return true
                }
                return try model.encodeImage(pixels, progress: report)
            }
        } catch {
            throw .generation(file: file, .model(error))
        }
    }

    private func generate(
        _ request: GenerationRequest, file: String, _ progress: (ExtractionProgress) -> Void
    ) throws(ExtractionError) -> Generation {
        do {
            return try withoutActuallyEscaping(progress) { progress throws(InferenceError) -> Generation in
                try generator.generate(request) { state in
                    switch state {
                    case .prefilling(let share): progress(.prefilling(share: share))
                    case .decoding(let tokens, let speed): progress(.decoding(tokens: tokens, tokensPerSecond: speed))
                    }
                    return true
                }
            }
        } catch {
            throw .generation(file: file, error)
        }
    }

    /// Parses what was generated and checks it with the validator, which shares no code with the grammar.
    private func checkedRecord(
        _ bytes: [UInt8], schema: ExtractionSchema, file: String
    ) throws(ExtractionError) -> JSONValue {
        let record: JSONValue
        do {
            record = try JSONValue(parsing: bytes)
        } catch {
            throw .recordInvalid(file: file, reason: error.description)
        }
        if let violation = schema.validator.validate(record).first {
            throw .recordInvalid(file: file, reason: violation.description)
        }
        return record
    }
}
