import CImageCodecs
import CPoppler

extension Document {
    /// Checks that the PDF is whole and finds its pages.
    static func readPageSizes(_ file: DocumentFile) throws(DocumentError) -> [(width: Double, height: Double)] {
        if let defect = PDFTrailer.defect(of: file.bytes) {
            throw DocumentError(
                .truncated(.pdf), file: file.name, "the PDF is cut short: \(defect); get the whole file again.")
        }
        let sizes: [(width: Double, height: Double)]
        do throws(PDFRenderer.Failure) {
            sizes = try PDFRenderer.pageSizes(of: file.bytes, limits: file.limits).map { ($0.width, $0.height) }
        } catch {
            throw pdfError(error, name: file.name, page: nil, limits: file.limits)
        }
        guard !sizes.isEmpty else {
            throw DocumentError(
                .truncated(.pdf), file: file.name,
                "no pages can be found in the PDF: it is cut short or damaged; get the file again.")
        }
        return sizes
    }

    static func pdfError(
        _ failure: PDFRenderer.Failure, name: String, page: Int?, limits: PageLimits
    ) -> DocumentError {
        let subject = page == nil ? "the PDF" : "the page"
        return switch failure.status {
        case PDF_ENCRYPTED:
            DocumentError(
                .encrypted, file: name, page: page,
                "the PDF is encrypted and needs a password; save a copy without password protection.")
        case PDF_TOO_MANY_PAGES:
            DocumentError(
                .tooManyPages, file: name, page: page,
                "\(failure.pageCount) pages are more than the limit of \(limits.maximumPages); "
                    + "split the PDF or raise the limit.")
        case PDF_TIMED_OUT:
            DocumentError(
                .tooSlow, file: name, page: page,
                "\(subject) takes longer than the limit of \(limits.maximumSecondsPerPage) seconds; "
                    + "scan or export it as PNG, or raise the limit.")
        case PDF_NO_PROCESS:
            DocumentError(
                .outOfResources, file: name, page: page,
                "\(subject) could not be read (\(failure.message)); free memory or end other programs.")
        case PDF_RENDER_FAILED:
            DocumentError(
                .corrupt(.pdf), file: name, page: page,
                "the page cannot be drawn completely (\(failure.message)); print the PDF to a new PDF and use that.")
        default:
            DocumentError(
                .corrupt(.pdf), file: name, page: page,
                "\(subject) is damaged (\(failure.message)); get the file again, or print it to a new PDF.")
        }
    }

    /// Size and channels of a picture within the pixel limit.
    static func readHeader(_ file: DocumentFile) throws(DocumentError) -> codec_header {
        let codec: PictureCodec = file.kind == .png ? .png : .jpeg
        let header: codec_header
        do throws(PictureCodec.Failure) {
            header = try codec.header(of: file.bytes)
        } catch {
            throw pictureError(error, name: file.name, kind: file.kind)
        }
        let size = PixelSize(width: Int(header.width), height: Int(header.height))
        guard size.width > 0, size.height > 0 else {
            let failure = PictureCodec.Failure(status: CODEC_CORRUPT, message: "it has no pixels")
            throw pictureError(failure, name: file.name, kind: file.kind)
        }
        guard size.width <= file.limits.maximumPixels / size.height else {
            throw .tooManyPixels(file.name, page: 1, size: size, limits: file.limits)
        }
        return header
    }

    static func pictureError(_ failure: PictureCodec.Failure, name: String, kind: DocumentKind) -> DocumentError {
        let format = kind.rawValue
        return switch failure.status {
        case CODEC_TRUNCATED:
            DocumentError(
                .truncated(kind), file: name, page: 1,
                "the \(format) is cut short (\(failure.message)); get the whole file again.")
        case CODEC_UNSUPPORTED:
            DocumentError(
                .unsupported(kind), file: name, page: 1,
                "this variant of \(format) is not supported (\(failure.message)); save it as an 8-bit PNG or JPEG.")
        default:
            DocumentError(
                .corrupt(kind), file: name, page: 1,
                "the \(format) is damaged (\(failure.message)); get it again, or save it anew as PNG or JPEG.")
        }
    }
}
