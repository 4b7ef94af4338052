extension PageSource {
    /// Refuses pages that the document does not have.
    func checkRange(_ page: Int) throws(PageFault) {
        guard page >= 0, page < pageCount else { throw PageFault(.noSuchPage, "there are \(pageCount) pages") }
    }
}
