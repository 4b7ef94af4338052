/// Questions about one document to whichever worker is free; opens the document there first, where it is not open.
struct DocumentCall {
    let name: String
    let kind: DocumentKind
    let limits: PageLimits
    let content: SharedMemory
    let passwords: [String]
    let reader: PageReader
    let number: Int
    /// The page that is asked about and that errors name, from 1; nil: the whole document.
    var page: Int?

    /// What a worker answers when it answers.
    private typealias Outcome<Value> = Result<Value, PageFault>

    /// Of all pages.
    func facts() throws(DocumentError) -> [PageFacts] {
        try ask { worker throws(WorkerFailure) -> Outcome<[PageFacts]> in
            var pages: [PageFacts] = []
            while pages.count < worker.pageCount {
                let count = min(worker.pageCount - pages.count, WorkerRequest.maximumFacts)
                switch try worker.ask(.facts(first: pages.count, count: count), seconds: seconds) {
                case .facts(let facts) where !facts.isEmpty && facts.count <= count: pages += facts
                case .fault(let fault): return .failure(fault)
                default: throw .confused
                }
            }
            return .success(pages)
        }
    }

    /// RGB bytes, (size.height, size.width, 3), and what was complained about.
    func pixels(
        region: PixelRect, natural: PixelSize, size: PixelSize
    ) throws(DocumentError) -> (pixels: [UInt8], complaints: [String]) {
        let byteCount = 3 * size.width * size.height
        let request = WorkerRequest.draw(page: pageIndex, region: region, natural: natural, size: size)
        return try ask { worker throws(WorkerFailure) -> Outcome<(pixels: [UInt8], complaints: [String])> in
            guard worker.reserve(byteCount) else { throw .notStarted("no memory is left for the pixels") }
            switch try worker.ask(request, seconds: seconds) {
            case .drawn(let complaints):
                guard let pixels = worker.copyArena(byteCount) else { throw .confused }
                return .success((pixels, complaints + worker.takeComplaints(notIn: complaints)))
            case .fault(let fault): return .failure(fault)
            default: throw .confused
            }
        }
    }

    func pageContent() throws(DocumentError) -> PageContent {
        try ask { worker throws(WorkerFailure) -> Outcome<PageContent> in
            switch try worker.ask(.content(page: pageIndex), seconds: seconds) {
            case .content(let byteCount):
                guard let bytes = worker.copyArena(byteCount), var content = PageContent(bytes) else { throw .confused }
                content.complaints += worker.takeComplaints(notIn: content.complaints)
                return .success(content)
            case .fault(let fault): return .failure(fault)
            default: throw .confused
            }
        }
    }

    private var pageIndex: Int { (page ?? 1) - 1 }

    private var seconds: Int { min(max(limits.maximumSecondsPerPage, 1), 86_400) }

    private func ask<Value>(
        _ body: (WorkerProcess) throws(WorkerFailure) -> Outcome<Value>
    ) throws(DocumentError) -> Value {
        let outcome: Outcome<Value>
        do throws(WorkerFailure) {
            outcome = try askAWorker(body)
        } catch {
            throw DocumentError(error, call: self)
        }
        switch outcome {
        case .success(let value): return value
        case .failure(let fault): throw DocumentError(fault, call: self)
        }
    }

    /// Asks until it is clear that the document is at fault: a worker may have gone while it was idle, and one that read other
    /// documents before may suffer from them.
    private func askAWorker<Value>(
        _ body: (WorkerProcess) throws(WorkerFailure) -> Outcome<Value>
    ) throws(WorkerFailure) -> Outcome<Value> {
        var attemptsLeft = 8
        var needsNewWorker = false
        while true {
            attemptsLeft -= 1
            var hadOthers = false
            do throws(WorkerFailure) {
                let outcome = try reader.withWorker(for: number, isNew: needsNewWorker) {
                    worker throws(WorkerFailure) -> Outcome<Value> in
                    hadOthers = worker.documentsOpened > (worker.document == number ? 1 : 0)
                    let outcome = try openAndAsk(worker, body)
                    if case .failure(let fault) = outcome, fault.code == .outOfMemory { worker.isExhausted = true }
                    return outcome
                }
                guard case .failure(let fault) = outcome, fault.code == .outOfMemory, hadOthers, attemptsLeft > 0
                else { return outcome }
                needsNewWorker = true
            } catch {
                guard attemptsLeft > 0, error == .gone || error.isDeath && hadOthers else { throw error }
                needsNewWorker = error != .gone
            }
        }
    }

    private func openAndAsk<Value>(
        _ worker: WorkerProcess, _ body: (WorkerProcess) throws(WorkerFailure) -> Outcome<Value>
    ) throws(WorkerFailure) -> Outcome<Value> {
        if let fault = try open(in: worker) { return .failure(fault) }
        return try body(worker)
    }

    /// nil when the document is open.
    private func open(in worker: WorkerProcess) throws(WorkerFailure) -> PageFault? {
        guard worker.document != number else { return nil }
        worker.document = nil
        worker.documentsOpened += 1
        let request = WorkerRequest.open(kind: kind, limits: limits, passwords: passwords)
        switch try worker.ask(request, content: content, seconds: seconds) {
        case .opened(let pageCount):
            // The worker's word, and bounded like the rest of what it says.
            guard pageCount <= limits.maximumPages else { throw .confused }
            worker.document = number
            worker.pageCount = pageCount
            return nil
        case .fault(let fault): return fault
        default: throw .confused
        }
    }
}
