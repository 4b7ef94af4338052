/// What the reader asks of a worker: one message, one `WorkerReply`.
///
/// A worker has at most one document open. Pages count from 0.
enum WorkerRequest: Equatable {
    /// The first request, and only that: closes the sandbox; so many bytes of memory can be used in it.
    case confine(memory: Int)
    /// Opens the document whose bytes are in the descriptor that comes with the message, in place of the one before.
    case open(kind: DocumentKind, limits: PageLimits, passwords: [String])
    /// Facts of up to `count` pages.
    case facts(first: Int, count: Int)
    /// Draws into the arena. `PageSource.draw` tells what the rest means.
    case draw(page: Int, region: PixelRect, natural: PixelSize, size: PixelSize)
    /// Tells whether a page is blank.
    case blankness(page: Int)
    /// Describes a page into the arena.
    case content(page: Int)
    /// Lets go of the document.
    case close

    static let maximumBytes = 64 << 10
    static let maximumPasswords = 64
    static let maximumPasswordBytes = 512
    /// Facts of so many pages fit into one reply.
    static let maximumFacts = 1024
}

extension WorkerRequest {
    private enum Code: UInt8 {
        case confine = 1
        case open, facts, draw, blankness, content, close
    }

    var bytes: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .confine(let memory):
            writer.write(Code.confine.rawValue)
            writer.write(UInt64(max(0, memory)))
        case .open(let kind, let limits, let passwords):
            writer.write(Code.open.rawValue)
            writer.write(kind.code)
            for limit in [limits.maximumPixels, limits.maximumDocumentPixels, limits.maximumPages] {
                writer.write(UInt64(max(0, limit)))
            }
            writer.write(UInt8(passwords.prefix(Self.maximumPasswords).count))
            for password in passwords.prefix(Self.maximumPasswords) {
                writer.write(password, limit: Self.maximumPasswordBytes)
            }
        case .facts(let first, let count):
            writer.write(Code.facts.rawValue)
            writer.write(UInt64(first))
            writer.write(UInt64(count))
        case .draw(let page, let region, let natural, let size):
            writer.write(Code.draw.rawValue)
            writer.write(UInt64(page))
            for number in [region.x, region.y, region.width, region.height, natural.width, natural.height] {
                writer.write(UInt64(number))
            }
            writer.write(UInt64(size.width))
            writer.write(UInt64(size.height))
        case .blankness(let page):
            writer.write(Code.blankness.rawValue)
            writer.write(UInt64(page))
        case .content(let page):
            writer.write(Code.content.rawValue)
            writer.write(UInt64(page))
        case .close:
            writer.write(Code.close.rawValue)
        }
        return writer.bytes
    }

    /// nil for what is no request.
    init?(_ bytes: some Sequence<UInt8>) {
        var reader = ByteReader(bytes)
        guard let code: UInt8 = reader.read(), let request = Self.read(Code(rawValue: code), &reader), reader.isAtEnd
        else { return nil }
        self = request
    }

    private static func read(_ code: Code?, _ reader: inout ByteReader) -> WorkerRequest? {
        switch code {
        case .confine:
            return reader.readInt(in: 0...Int.max).map { .confine(memory: $0) }
        case .open:
            guard let kind = reader.read(UInt8.self).flatMap(DocumentKind.init(code:)),
                let pixels = reader.readInt(in: 0...Int.max), let all = reader.readInt(in: 0...Int.max),
                let pages = reader.readInt(in: 0...Int.max), let count: UInt8 = reader.read(),
                count <= maximumPasswords
            else { return nil }
            var passwords: [String] = []
            for _ in 0..<count {
                guard let password = reader.readText(limit: maximumPasswordBytes) else { return nil }
                passwords.append(password)
            }
            let limits = PageLimits(maximumPixels: pixels, maximumDocumentPixels: all, maximumPages: pages)
            return .open(kind: kind, limits: limits, passwords: passwords)
        case .facts:
            guard let first = reader.readInt(), let count = reader.readInt(in: 0...maximumFacts) else { return nil }
            return .facts(first: first, count: count)
        case .draw:
            guard let page = reader.readInt(), let x = reader.readInt(), let y = reader.readInt(),
                let width = reader.readInt(), let height = reader.readInt(),
                let natural = reader.readSize(), let size = reader.readSize()
            else { return nil }
            let region = PixelRect(x: x, y: y, width: width, height: height)
            return .draw(page: page, region: region, natural: natural, size: size)
        case .blankness:
            return reader.readInt().map { .blankness(page: $0) }
        case .content:
            return reader.readInt().map { .content(page: $0) }
        case .close:
            return .close
        case nil:
            return nil
        }
    }
}

extension ByteReader {
    mutating func readSize() -> PixelSize? {
        guard let width = readInt(), let height = readInt() else { return nil }
        return PixelSize(width: width, height: height)
    }
}

extension DocumentKind {
    /// Its number in messages.
    var code: UInt8 { UInt8(Self.allCases.firstIndex(of: self) ?? 0) }

    init?(code: UInt8) {
        guard Int(code) < Self.allCases.count else { return nil }
        self = Self.allCases[Int(code)]
    }
}
