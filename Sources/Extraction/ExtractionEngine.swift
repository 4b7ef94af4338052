import PageImages

/// What turns the pages of a document into a record: a model on this machine, or a server that runs one.
public protocol ExtractionEngine: AnyObject, Sendable {
    /// Tells the results of this engine from those of any other: the model's name and a hash of what it is made of.
    var identity: String { get }

    /// Opens a document and decides whether it fits, from the sizes of its pages alone: none of them is drawn yet,
    /// unless blank ones are to be left out.
    ///
    /// - Throws: `ExtractionError`, for a document that cannot be read or is too large.
    func open(
        _ file: DocumentFile, schema: ExtractionSchema, options: ExtractionOptions
    ) throws(ExtractionError) -> any ExtractionJob
}

/// A document that an engine has opened.
///
/// `prepareImage` may run on one thread while `extract` runs on another, so that pages of the next document are drawn
/// while the engine works on this one.
public protocol ExtractionJob: AnyObject, Sendable {
    /// The pages that will be read, from 1.
    var pages: [Int] { get }

    /// How many images the pages are shown as: one each, or several where a long page is cut into tiles.
    var imageCount: Int { get }

    /// Bytes of memory that an image takes from its preparation to its use.
    func preparedByteCount(ofImageAt index: Int) -> Int

    /// Draws an image if that has not been done. What goes wrong is thrown by `extract`.
    func prepareImage(at index: Int)

    /// Reads the document, once; draws what is not prepared.
    ///
    /// - Parameter progress: called while it runs; returning false ends it with `.cancelled`.
    /// - Throws: `ExtractionError`; a record that is incomplete or breaks its schema is never given out.
    func extract(progress: (ExtractionProgress) -> Bool) throws(ExtractionError) -> Extraction
}
