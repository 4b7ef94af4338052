/// Which pages of a document to read, counted from 1: `1-3,5`, `2-`, or `all`.
public struct PageSelection: Hashable, Sendable, CustomStringConvertible {
    private enum Part: Hashable, Sendable {
        case pages(ClosedRange<Int>)
        case from(Int)
    }

    private let parts: [Part]

    /// Every page.
    public static let all = PageSelection(parts: [.from(1)])

    private init(parts: [Part]) {
        self.parts = parts
    }

    /// Reads a selection as it is typed; nil when it is not one.
    public init?(_ text: String) {
        if text == "all" {
            self = .all
            return
        }
        var parts: [Part] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard piece.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }) else { return nil }
            let ends = piece.split(separator: "-", omittingEmptySubsequences: false)
            guard let first = ends.first.flatMap({ Int($0) }), first >= 1, ends.count <= 2 else { return nil }
            if ends.count == 1 {
                parts.append(.pages(first...first))
            } else if ends[1].isEmpty {
                parts.append(.from(first))
            } else if let last = Int(ends[1]), last >= first {
                parts.append(.pages(first...last))
            } else {
                return nil
            }
        }
        self.parts = parts
    }

    /// As it is typed; `all` for every page.
    public var description: String {
        if self == .all { return "all" }
        return parts.map { part in
            switch part {
            case .pages(let pages) where pages.count == 1: "\(pages.lowerBound)"
            case .pages(let pages): "\(pages.lowerBound)-\(pages.upperBound)"
            case .from(let first): "\(first)-"
            }
        }.joined(separator: ",")
    }

    /// The page numbers in a document of `pageCount` pages, in ascending order, each once.
    ///
    /// - Throws: `.pageOutOfRange` when a page is asked for that the document does not have: no page is dropped silently.
    public func pages(of file: String, pageCount: Int) throws(ExtractionError) -> [Int] {
        var chosen = Set<Int>()
        for part in parts {
            let range: ClosedRange<Int>
            switch part {
            case .pages(let pages): range = pages
            case .from(let first): range = first...max(first, pageCount)
            }
            guard range.upperBound <= pageCount else {
                throw ExtractionError.pageOutOfRange(file: file, page: range.upperBound, pageCount: pageCount)
            }
            chosen.formUnion(range)
        }
        return chosen.sorted()
    }
}
