/// What documents and pages between the spool and the engine may hold. Pure.
///
/// A page is drawn ahead only when it fits; a document is opened when it fits or when nothing else is held, so that one document larger
/// than the whole budget still gets its turn.
struct MemoryBudget: Sendable {
    let maximumPages: Int
    let maximumBytes: Int
    private var pages: [PageKey: Int] = [:]
    private var documents: [Int64: Int] = [:]
    private var heldBytes = 0

    private struct PageKey: Hashable {
        let document: Int64
        let index: Int
    }

    init(maximumPages: Int, maximumBytes: Int) {
        self.maximumPages = maximumPages
        self.maximumBytes = maximumBytes
    }

    mutating func open(document: Int64, bytes: Int) -> Bool {
        guard documents.isEmpty || heldBytes + bytes <= maximumBytes else { return false }
        documents[document] = bytes
        heldBytes += bytes
        return true
    }

    mutating func add(page index: Int, of document: Int64, bytes: Int) -> Bool {
        guard pages.count < maximumPages, heldBytes + bytes <= maximumBytes else { return false }
        if pages.updateValue(bytes, forKey: PageKey(document: document, index: index)) == nil { heldBytes += bytes }
        return true
    }

    mutating func remove(page index: Int, of document: Int64) {
        if let bytes = pages.removeValue(forKey: PageKey(document: document, index: index)) { heldBytes -= bytes }
    }

    mutating func close(document: Int64) {
        heldBytes -= documents.removeValue(forKey: document) ?? 0
        for (key, bytes) in pages where key.document == document {
            pages[key] = nil
            heldBytes -= bytes
        }
    }
}
