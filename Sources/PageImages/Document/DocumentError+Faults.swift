extension DocumentError {
    /// What a worker found wrong with the document.
    init(_ fault: PageFault, call: DocumentCall) {
        let format = call.kind.rawValue
        let words = fault.message
        switch fault.code {
        case .truncated:
            self.init(
                .truncated(call.kind), call, "the \(format) is cut short: \(words); get the whole file again.")
        case .corrupt, .noSuchPage:
            self.init(
                .corrupt(call.kind), call, "\(call.subject) is damaged (\(words)); \(Self.renewal(of: call.kind)).")
        case .unsupported:
            self.init(
                .unsupported(call.kind), call,
                "this variant of \(format) is not supported (\(words)); save it as an 8-bit PNG or JPEG.")
        case .encrypted:
            let remedy =
                call.passwords.isEmpty
                ? "give its password, or save a copy without password protection"
                : "none of the passwords given opens it; give the right one"
            self.init(.encrypted, call, "the PDF is encrypted and needs a password; \(remedy).")
        case .tooManyPages:
            self.init(
                .tooManyPages, call,
                "\(fault.count) pages are more than the limit of \(call.limits.maximumPages); "
                    + "split the document or raise the limit.")
        case .tooManyPixels:
            self.init(.tooManyPixels, call, "\(words); scale it down or raise the limit.")
        case .outOfMemory:
            self.init(.tooMuchMemory, call, Self.memory(words))
        }
    }

    /// A worker that gave no answer about the document.
    init(_ failure: WorkerFailure, call: DocumentCall) {
        let subject = call.subject
        switch failure {
        case .timedOut:
            self.init(
                .tooSlow, call,
                "\(subject) takes longer than the limit of \(call.limits.maximumSecondsPerPage) seconds; "
                    + "scan or export it as PNG, or raise the limit.")
        case .outOfMemory:
            self.init(.tooMuchMemory, call, Self.memory("its parser ran out of it"))
        case .crashed(let how):
            self.init(
                .crashed(call.kind), call,
                "\(subject) crashes its parser (\(how)); \(Self.renewal(of: call.kind)).")
        case .confused:
            self.init(
                .crashed(call.kind), call,
                "\(subject) makes its parser answer nonsense; \(Self.renewal(of: call.kind)).")
        case .forbidden:
            self.init(
                .forbidden, call,
                "\(subject) made its parser do what no parser needs, and the sandbox stopped it: the file may be an "
                    + "attack; do not open it elsewhere.")
        case .ended:
            self.init(
                .outOfResources, call,
                "\(subject) could not be read: the process that did was ended from outside; free memory, then try again."
            )
        case .notStarted, .gone, .notConfined:
            self.init(starting: failure, file: call.name, page: call.page)
        }
    }

    /// A worker that cannot be started, whatever the document.
    init(starting failure: WorkerFailure, file: String = "page-worker", page: Int? = nil) {
        switch failure {
        case .notConfined:
            self.init(
                .noSandbox, file: file, page: page,
                "this system cannot confine what parses documents (no seccomp filters); use another kernel, or allow it "
                    + "with --sandbox optional, in gleaner.yaml `sandbox: optional`.")
        case .notStarted(let reason):
            self.init(
                .outOfResources, file: file, page: page,
                "no process could be started to read it (\(reason)); mend that, free memory or end other programs.")
        default:
            self.init(
                .outOfResources, file: file, page: page,
                "the processes that read documents end at once; free memory or end other programs.")
        }
    }

    private init(_ kind: Kind, _ call: DocumentCall, _ message: String) {
        self.init(kind, file: call.name, page: call.page ?? (call.hasOnePage ? 1 : nil), message)
    }

    private static func memory(_ reason: String) -> String {
        "more memory is needed than its parser may have (\(reason)); scale it down or raise the limit."
    }

    private static func renewal(of kind: DocumentKind) -> String {
        kind == .pdf ? "get the file again, or print it to a new PDF" : "get it again, or save it anew as PNG or JPEG"
    }
}

extension DocumentCall {
    /// A picture is its only page.
    fileprivate var hasOnePage: Bool { kind == .png || kind == .jpeg }

    /// What errors speak of.
    fileprivate var subject: String { page == nil || hasOnePage ? "the \(kind.rawValue)" : "the page" }
}
