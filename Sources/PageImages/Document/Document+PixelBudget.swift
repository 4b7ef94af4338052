extension Document {
    /// Checks the pixels of all pages that are to be drawn against the limit of a document.
    ///
    /// - Throws: `tooManyPixels`.
    public func check(totalPixels: Int) throws(DocumentError) {
        guard totalPixels > limits.maximumDocumentPixels else { return }
        throw DocumentError(
            .tooManyPixels, file: name,
            "its pages have \(totalPixels) pixels in all, more than the limit of \(limits.maximumDocumentPixels); "
                + "choose fewer pages or raise the limit.")
    }
}
