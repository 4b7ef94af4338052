import Inference
import Mistral
import PageImages
import Synchronization
import Tensors

/// A document in the hands of a `LocalEngine`: its prompt is laid out, its pages are drawn one by one.
final class LocalJob: ExtractionJob {
    let pages: [Int]

    private let engine: LocalEngine
    private let document: Document
    private let schema: ExtractionSchema
    private let options: ExtractionOptions
    private let prompt: PromptTokens
    private let budget: Int
    private let openSeconds: Double
    private let slots: [PageSlot]

    init(
        _ engine: LocalEngine, _ file: DocumentFile, _ schema: ExtractionSchema, _ options: ExtractionOptions
    ) throws(ExtractionError) {
        let time = Stopwatch()
        let document: Document
        do {
            document = try Document(file)
        } catch {
            throw .document(error)
        }
        pages = try options.pages.pages(of: file.name, pageCount: document.pageCount)
        let grids = try pages.map { page throws(ExtractionError) in
            try engine.grid(of: document, page: page, resolution: options.resolution)
        }
        try engine.checkImages(file: file.name, grids: grids, schema: schema)
        prompt = try engine.prompt(schema: schema, grids: grids)
        budget = try engine.budget(
            file: file.name, prompt: prompt, schema: schema, maximumTokens: options.maximumTokens)
        let tokenSize = engine.preprocessor.tokenSize
        slots = grids.map { grid in
            PageSlot(
                byteCount: grid.tokensWide * tokenSize * grid.tokensHigh * tokenSize * 3 * MemoryLayout<Float>.stride)
        }
        self.engine = engine
        self.document = document
        self.schema = schema
        self.options = options
        openSeconds = time.seconds
    }

    func preparedByteCount(ofPageAt index: Int) -> Int { slots[index].byteCount }

    func preparePage(at index: Int) {
        slots[index].prepare { () throws(ExtractionError) in
            try engine.pixels(of: document, page: pages[index], resolution: options.resolution)
        }
    }

    /// All chosen pages go into one context.
    func extract(progress: (ExtractionProgress) -> Bool) throws(ExtractionError) -> Extraction {
        let whole = Stopwatch()
        var seconds = Extraction.Seconds(open: openSeconds)
        var features: [Matrix] = []
        for (index, page) in pages.enumerated() {
            guard progress(.rendering(page: index + 1, of: pages.count)) else {
                throw .generation(file: document.name, .cancelled)
            }
            let (pixels, renderSeconds) = try slots[index].take { () throws(ExtractionError) in
                try engine.pixels(of: document, page: page, resolution: options.resolution)
            }.get()
            seconds.render += renderSeconds
            let encodeTime = Stopwatch()
            features.append(
                try engine.encode(pixels, file: document.name) {
                    progress(.encoding(share: (Double(index) + $0) / Double(pages.count)))
                })
            seconds.encode += encodeTime.seconds
        }
        let request = GenerationRequest(
            prompt: prompt, imageFeatures: features, grammar: schema.grammar, maximumTokens: budget,
            sampling: SamplingParameters(temperature: options.temperature, seed: options.seed))
        let generation = try engine.generate(request, file: document.name, progress)
        seconds.prefill = generation.prefillSeconds
        seconds.decode = generation.decodeSeconds
        let record = try schema.checkedRecord(generation.bytes, file: document.name)
        seconds.total = openSeconds + whole.seconds
        return Extraction(
            file: document.name, record: record, model: engine.modelName, schemaSHA256: schema.sha256,
            pageCount: document.pageCount, pages: pages,
            tokens: .init(
                prompt: prompt.ids.count, image: prompt.images.reduce(0) { $0 + $1.grid.promptTokenCount },
                generated: generation.tokens.count, forced: generation.forcedTokens, budget: budget,
                isBudgetLimitedByContext: options.maximumTokens == nil
                    && budget < ExtractionOptions.defaultMaximumTokens),
            seconds: seconds, endedByBudget: generation.endedByBudget,
            endedByRepetition: generation.endedByRepetition)
    }
}

/// One page of a job, drawn ahead or when it is needed.
private final class PageSlot: Sendable {
    typealias Drawn = Result<(pixels: PixelValues, seconds: Double), ExtractionError>

    let byteCount: Int
    private enum State {
        case empty
        case drawn(Drawn)
        case taken
    }

    // Held while the page is drawn: who needs it meanwhile waits for it instead of drawing it again.
    private let state = Mutex(State.empty)

    init(byteCount: Int) {
        self.byteCount = byteCount
    }

    func prepare(_ draw: () throws(ExtractionError) -> PixelValues) {
        state.withLock { state in
            guard case .empty = state else { return }
            state = .drawn(Self.result(draw))
        }
    }

    /// The page and the seconds it took to draw; the slot keeps no memory of it.
    func take(_ draw: () throws(ExtractionError) -> PixelValues) -> Drawn {
        state.withLock { state in
            defer { state = .taken }
            guard case .drawn(let drawn) = state else { return Self.result(draw) }
            return drawn
        }
    }

    private static func result(_ draw: () throws(ExtractionError) -> PixelValues) -> Drawn {
        let time = Stopwatch()
        do {
            return .success((try draw(), time.seconds))
        } catch {
            return .failure(error)
        }
    }
}
