import Extraction
import PageImages

extension PageReader {
    /// A reader that has a worker already, so that what keeps it from working shows before the first document.
    ///
    /// - Parameter warn: told when workers are not confined, which the configuration must allow.
    static func started(
        _ configuration: PageReaderConfiguration, warn: (String) -> Void
    ) throws(FileFailure) -> PageReader {
        let reader = PageReader(configuration)
        do {
            try reader.warmUp()
        } catch {
            throw FileFailure(message: error.message, code: .init(.document(error)))
        }
        if reader.sandbox?.filtersSystemCalls != true {
            warn("this system cannot confine what parses documents: only its memory and time are limited")
        }
        return reader
    }
}
