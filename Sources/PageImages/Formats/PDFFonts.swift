import CPoppler
import Glibc

/// The fonts that PDF pages are drawn with where they do not bring their own: the same on every machine.
enum PDFFonts {
    /// Sets up fontconfig and poppler, once for the process and before any PDF is opened.
    ///
    /// Text is shown as boxes, or not at all, where the folders of the declared fonts are missing.
    ///
    /// - Returns: the files and folders that may be opened later: fonts, and poppler's character maps where they are
    ///   installed.
    static func prepare() throws(PageFault) -> [String] {
        pdf_collect_complaints()
        try PageFault.checkPDF { message in configuration.withCString { pdf_configure_fonts($0, message) } }
        try PageFault.checkPDF { message in pdf_warm_up(sample.utf8Start, sample.utf8CodeUnitCount, message) }
        pdf_forget_complaints()
        return fontPaths() + characterMaps.flatMap(paths)
    }

    /// The files of the font set.
    private static func fontPaths() -> [String] {
        final class Paths { var list: Set<String> = [] }
        let paths = Paths()
        pdf_visit_fonts(
            { path, context in
                guard let path, let context else { return }
                Unmanaged<Paths>.fromOpaque(context).takeUnretainedValue().list.insert(String(cString: path))
            }, Unmanaged.passUnretained(paths).toOpaque())
        return paths.list.sorted()
    }

    /// What the package poppler-data has, folders included: poppler lists them for every document. Without it the text
    /// of fonts with East Asian encodings is not drawn.
    private static let characterMaps = [
        "/usr/share/poppler/cMap", "/usr/share/poppler/cMap/*", "/usr/share/poppler/cMap/*/*",
        "/usr/share/poppler/cidToUnicode", "/usr/share/poppler/cidToUnicode/*", "/usr/share/poppler/nameToUnicode",
        "/usr/share/poppler/nameToUnicode/*", "/usr/share/poppler/unicodeMap", "/usr/share/poppler/unicodeMap/*",
    ]

    private static func paths(matching pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
    }
}
