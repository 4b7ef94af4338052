/// What a worker answers. The worker may be in a stranger's hands: whoever reads a reply checks every number in it.
enum WorkerReply: Equatable {
    /// The first message, unasked.
    case ready(SandboxReport)
    case opened(pageCount: Int)
    case facts([PageFacts])
    /// The pixels lie in the arena.
    case drawn(complaints: [String])
    case blankness(isBlank: Bool, complaints: [String])
    /// A `PageContent` of so many bytes lies in the arena.
    case content(byteCount: Int)
    case closed
    case fault(PageFault)

    static let maximumBytes = 64 << 10
    static let maximumMessageBytes = 1024
    static let maximumComplaints = 64
    static let maximumComplaintBytes = 512
    /// Room for the words of the fullest page.
    static let maximumContentBytes = 16 << 20
}

extension WorkerReply {
    private enum Code: UInt8 {
        case ready = 1
        case opened, facts, drawn, blankness, content, closed, fault
    }

    var bytes: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .ready(let report):
            writer.write(Code.ready.rawValue)
            writer.write(report.filtersSystemCalls)
            writer.write(report.hasNoFiles)
            writer.write(report.hasNoNetwork)
        case .opened(let pageCount):
            writer.write(Code.opened.rawValue)
            writer.write(UInt64(pageCount))
        case .facts(let facts):
            writer.write(Code.facts.rawValue)
            writer.write(UInt32(facts.count))
            for page in facts { writer.write(page) }
        case .drawn(let complaints):
            writer.write(Code.drawn.rawValue)
            writer.write(complaints: complaints)
        case .blankness(let isBlank, let complaints):
            writer.write(Code.blankness.rawValue)
            writer.write(isBlank)
            writer.write(complaints: complaints)
        case .content(let byteCount):
            writer.write(Code.content.rawValue)
            writer.write(UInt64(byteCount))
        case .closed:
            writer.write(Code.closed.rawValue)
        case .fault(let fault):
            writer.write(Code.fault.rawValue)
            writer.write(fault.code.rawValue)
            writer.write(UInt64(max(0, fault.count)))
            writer.write(fault.message, limit: Self.maximumMessageBytes)
        }
        return writer.bytes
    }

    /// nil for what is no reply.
    init?(_ bytes: some Sequence<UInt8>) {
        var reader = ByteReader(bytes)
        guard let code: UInt8 = reader.read(), let reply = Self.read(Code(rawValue: code), &reader), reader.isAtEnd
        else { return nil }
        self = reply
    }

    private static func read(_ code: Code?, _ reader: inout ByteReader) -> WorkerReply? {
        switch code {
        case .ready:
            guard let filters = reader.readBool(), let files = reader.readBool(), let network = reader.readBool()
            else { return nil }
            return .ready(
                SandboxReport(filtersSystemCalls: filters, hasNoFiles: files, hasNoNetwork: network))
        case .opened:
            return reader.readInt().map { .opened(pageCount: $0) }
        case .facts:
            guard let count: UInt32 = reader.read(), count <= WorkerRequest.maximumFacts else { return nil }
            var facts: [PageFacts] = []
            for _ in 0..<count {
                guard let page = reader.readFacts() else { return nil }
                facts.append(page)
            }
            return .facts(facts)
        case .drawn:
            return reader.readComplaints().map { .drawn(complaints: $0) }
        case .blankness:
            guard let isBlank = reader.readBool(), let complaints = reader.readComplaints() else { return nil }
            return .blankness(isBlank: isBlank, complaints: complaints)
        case .content:
            return reader.readInt(in: 0...maximumContentBytes).map { .content(byteCount: $0) }
        case .closed:
            return .closed
        case .fault:
            guard let code = reader.read(UInt8.self).flatMap(PageFault.Code.init(rawValue:)),
                let count = reader.readInt(in: 0...Int.max),
                let message = reader.readText(limit: maximumMessageBytes)
            else { return nil }
            return .fault(PageFault(code, message, count: count))
        case nil:
            return nil
        }
    }
}

extension ByteWriter {
    mutating func write(complaints: [String]) {
        let complaints = complaints.prefix(WorkerReply.maximumComplaints)
        write(UInt32(complaints.count))
        for complaint in complaints { write(complaint, limit: WorkerReply.maximumComplaintBytes) }
    }
}

extension ByteReader {
    mutating func readComplaints() -> [String]? {
        guard let count: UInt32 = read(), count <= WorkerReply.maximumComplaints else { return nil }
        var complaints: [String] = []
        for _ in 0..<count {
            guard let complaint = readText(limit: WorkerReply.maximumComplaintBytes) else { return nil }
            complaints.append(complaint)
        }
        return complaints
    }
}
