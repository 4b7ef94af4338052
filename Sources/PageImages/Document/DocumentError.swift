/// Why a document, or one page of it, could not be read; `description` is one line that says how to help it.
public struct DocumentError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case missingFile
        case isDirectory
        /// The system refused: permissions, a device, a read error.
        case notReadable
        case emptyFile
        case fileTooLarge
        /// Neither PDF, PNG, JPEG nor TIFF by content.
        case unknownContent(ForeignContent)
        /// The end is missing.
        case truncated(DocumentKind)
        case corrupt(DocumentKind)
        /// Valid, but of a variant that is not decoded.
        case unsupported(DocumentKind)
        /// A PDF that needs a password to open.
        case encrypted
        case pageOutOfRange
        case tooManyPages
        case tooManyPixels
        /// It takes longer than the limits allow.
        case tooSlow
        /// It takes more memory than a worker may have.
        case tooMuchMemory
        /// The library that parses it crashed.
        case crashed(DocumentKind)
        /// What parses it did something that no parser has a use for, and was stopped by the sandbox.
        case forbidden
        /// The system has no process or memory left to draw the page in.
        case outOfResources
        /// The system cannot confine what parses documents, and that is required.
        case noSandbox
        /// A render size or resolution that is not positive.
        case invalidRenderSize
    }

    public let kind: Kind
    /// The file's name as the caller gave it.
    public let file: String
    /// The page, counted from 1, where one page is at fault.
    public let page: Int?
    /// What is wrong and what to do, without the file's name.
    public let message: String

    init(_ kind: Kind, file: String, page: Int? = nil, _ message: String) {
        self.kind = kind
        self.file = file
        self.page = page
        self.message = message
    }
}

extension DocumentError: CustomStringConvertible {
    /// `FILE, page N: what is wrong; what to do.` Control characters in the name or in a library's words are shown as
    /// `?`, so that it stays one line.
    public var description: String {
        let place = page.map { "\(file), page \($0)" } ?? file
        return "\(place): \(message)".onOneLine
    }
}

extension String {
    /// The text with `?` for control characters: names of files come from strangers too, and must neither break a line
    /// nor drive a terminal.
    public var onOneLine: String {
        var text = ""
        for scalar in unicodeScalars {
            let isControl =
                scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || scalar.value == 0x2028 || scalar.value == 0x2029
            text.unicodeScalars.append(isControl ? "?" : scalar)
        }
        return text
    }
}
