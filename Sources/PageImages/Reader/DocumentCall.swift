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
            let end = ContinuousClock.now + .seconds(seconds)
            var pages: [PageFacts] = []
            while pages.count < worker.pageCount {
                let count = min(worker.pageCount - pages.count, WorkerRequest.maximumFacts)
                let left = max(1, Int((end - .now).components.seconds))
                switch try worker.ask(.facts(first: pages.count, count: count), seconds: left) {
                case .facts(let facts) where facts.count == count && facts.allSatisfy(isPlausible): pages += facts
                case .fault(let fault): return .failure(fault)
                default: throw .confused
                }
            }
            return .success(pages)
        }
    }

    /// Whether a worker that keeps to the limits could have said so.
    private func isPlausible(_ facts: PageFacts) -> Bool {
        guard let size = facts.pixels else { return kind == .pdf || facts.pointsWide == 0 }
        return kind != .pdf && size.width <= limits.maximumPixels / size.height
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

    func blankness() throws(DocumentError) -> (isBlank: Bool, complaints: [String]) {
        try ask { worker throws(WorkerFailure) -> Outcome<(isBlank: Bool, complaints: [String])> in
            switch try worker.ask(.blankness(page: pageIndex), seconds: seconds) {
            case .blankness(let isBlank, let complaints):
                return .success((isBlank, complaints + worker.takeComplaints(notIn: complaints)))
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

    /// Asks until it is clear that the document is at fault: a worker may have gone while it was idle, and one that read
    /// other documents before may suffer from them.
    private func askAWorker<Value>(
        _ body: (WorkerProcess) throws(WorkerFailure) -> Outcome<Value>
    ) throws(WorkerFailure) -> Outcome<Value> {
        var attemptsLeft = 8
        var needsNewWorker = false
        while true {
            attemptsLeft -= 1
            var hadOthers = false
            var isOpen = false
            do throws(WorkerFailure) {
                let outcome = try reader.withWorker(for: number, isNew: needsNewWorker) {
                    worker throws(WorkerFailure) -> Outcome<Value> in
                    hadOthers = worker.documentsOpened > (worker.document == number ? 1 : 0)
                    if let fault = try open(in: worker) {
                        worker.isExhausted = fault.code == .outOfMemory
                        return .failure(fault)
                    }
                    isOpen = true
                    let outcome = try body(worker)
                    if case .failure(let fault) = outcome, fault.code == .outOfMemory { worker.isExhausted = true }
                    return outcome
                }
                guard case .failure(let fault) = outcome, fault.code == .outOfMemory, hadOthers, attemptsLeft > 0
                else { return outcome }
                needsNewWorker = true
            } catch {
                // One that had this document open, and is gone again and again, is not gone by chance.
                if error == .gone, isOpen, attemptsLeft < 6 { throw .crashed("it ends between requests") }
                guard attemptsLeft > 0, error == .gone || error.isDeath && hadOthers else { throw error }
                needsNewWorker = error != .gone
            }
        }
    }

    /// nil when the document is open.
    private func open(in worker: WorkerProcess) throws(WorkerFailure) -> PageFault? {
        guard worker.document != number else { return nil }
        worker.document = nil
        worker.documentsOpened += 1
        var first = 0
        while true {
            let some = Array(passwords.dropFirst(first).prefix(WorkerRequest.maximumPasswords))
            first += some.count
            let request = WorkerRequest.open(kind: kind, limits: limits, passwords: some)
            switch try worker.ask(request, content: content, seconds: seconds) {
            case .opened(let pageCount):
                // The worker's word, and bounded like the rest of what it says.
                guard pageCount <= limits.maximumPages else { throw .confused }
                worker.document = number
                worker.pageCount = pageCount
                return nil
            case .fault(let fault):
                guard fault.code == .encrypted, first < passwords.count else { return fault }
            default: throw .confused
            }
        }
    }
}
