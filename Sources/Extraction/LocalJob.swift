import Inference
import Mistral
import PageImages
import Synchronization
import Tensors

/// A document in the hands of a `LocalEngine`: its prompt is laid out, its images are drawn one by one.
final class LocalJob: ExtractionJob {
    private let engine: LocalEngine
    private let document: Document
    private let schema: ExtractionSchema
    private let options: ExtractionOptions
    private let view: PageView
    private let read: ReadPages
    private let prompt: PromptTokens
    private let budget: Int
    private let openSeconds: Double
    private let slots: [ImageSlot]

    init(
        _ engine: LocalEngine, _ file: DocumentFile, _ schema: ExtractionSchema, _ options: ExtractionOptions
    ) throws(ExtractionError) {
        let time = Stopwatch()
        let document = try ExtractionError.wrapping { () throws(DocumentError) in
            try engine.reader.open(file, passwords: options.passwords)
        }
        view = PageView(engine.preprocessor, resolution: options.resolution)
        read = try ReadPages(
            of: document, chosen: options.pages.pages(of: file.name, pageCount: document.pageCount), view: view,
            blankPages: options.blankPages
        ) { tokenCount throws(ExtractionError) in
            try engine.checkImages(file: file.name, tokenCount: tokenCount, schema: schema)
        }
        prompt = try engine.prompt(schema: schema, grids: read.images.map(\.grid))
        budget = try engine.budget(
            file: file.name, prompt: prompt, schema: schema, maximumTokens: options.maximumTokens)
        slots = read.images.map { image in
            ImageSlot(byteCount: image.size.width * image.size.height * 3 * MemoryLayout<Float>.stride)
        }
        self.engine = engine
        self.document = document
        self.schema = schema
        self.options = options
        openSeconds = time.seconds
    }

    var pages: [Int] { read.pages }

    var imageCount: Int { slots.count }

    func preparedByteCount(ofImageAt index: Int) -> Int { slots[index].byteCount }

    func prepareImage(at index: Int) {
        slots[index].prepare { () throws(DocumentError) in
            try view.drawn(read.images[index], of: document)
        }
    }

    /// All images of all pages that are read go into one context.
    func extract(progress: (ExtractionProgress) -> Bool) throws(ExtractionError) -> Extraction {
        let whole = Stopwatch()
        var seconds = Extraction.Seconds(open: openSeconds)
        var complaints: [(page: Int, complaints: [String])] = []
        let features = try encode(&seconds, &complaints, progress)
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
            pageCount: document.pageCount, pages: read.pages, images: read.images, skippedPages: read.skipped,
            warnings: read.warnings + Extraction.warnings(about: complaints),
            tokens: .init(
                prompt: prompt.ids.count, image: prompt.images.reduce(0) { $0 + $1.grid.promptTokenCount },
                generated: generation.tokens.count, forced: generation.forcedTokens, budget: budget,
                isBudgetLimitedByContext: options.maximumTokens == nil
                    && budget < ExtractionOptions.defaultMaximumTokens),
            seconds: seconds, endedByBudget: generation.endedByBudget,
            endedByRepetition: generation.endedByRepetition)
    }

    /// The features of each image.
    private func encode(
        _ seconds: inout Extraction.Seconds, _ complaints: inout [(page: Int, complaints: [String])],
        _ progress: (ExtractionProgress) -> Bool
    ) throws(ExtractionError) -> [Matrix] {
        var features: [Matrix] = []
        for (index, image) in read.images.enumerated() {
            guard progress(.rendering(image: index + 1, of: slots.count)) else {
                throw .generation(file: document.name, .cancelled)
            }
            let drawn = slots[index].take { () throws(DocumentError) in
                try view.drawn(image, of: document)
            }
            let (drawnImage, renderSeconds) = try ExtractionError.wrapping { () throws(DocumentError) in try drawn.get()
            }
            seconds.render += renderSeconds
            complaints.append((image.page, drawnImage.complaints))
            let time = Stopwatch()
            features.append(
                try engine.encode(drawnImage.pixels, file: document.name) {
                    progress(.encoding(share: (Double(index) + $0) / Double(slots.count)))
                })
            seconds.encode += time.seconds
        }
        return features
    }
}

/// One image of a job, drawn ahead or when it is needed.
private final class ImageSlot: Sendable {
    typealias Drawn = Result<(image: DrawnImage, seconds: Double), DocumentError>

    let byteCount: Int
    private enum State {
        case empty
        case drawn(Drawn)
        case taken
    }

    // Held while it is drawn: who needs it meanwhile waits for it instead of drawing it again.
    private let state = Mutex(State.empty)

    init(byteCount: Int) {
        self.byteCount = byteCount
    }

    func prepare(_ draw: () throws(DocumentError) -> DrawnImage) {
        state.withLock { state in
            guard case .empty = state else { return }
            state = .drawn(Self.result(draw))
        }
    }

    /// The image and the seconds it took to draw; the slot keeps no memory of it.
    func take(_ draw: () throws(DocumentError) -> DrawnImage) -> Drawn {
        state.withLock { state in
            defer { state = .taken }
            guard case .drawn(let drawn) = state else { return Self.result(draw) }
            return drawn
        }
    }

    private static func result(_ draw: () throws(DocumentError) -> DrawnImage) -> Drawn {
        let time = Stopwatch()
        do {
            return .success((try draw(), time.seconds))
        } catch {
            return .failure(error)
        }
    }
}
