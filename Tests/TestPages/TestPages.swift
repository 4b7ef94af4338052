import Glibc
import PageImages

/// Documents as the built `gleaner` reads them, sandbox and all.
public enum TestPages {
    /// One for all tests; its workers stay warm.
    public static let reader = PageReader(configuration)

    /// Workers of the `gleaner` beside the test's own executable.
    public static let configuration = configuration(of: "gleaner")

    /// Workers that misbehave where a document asks for it.
    public static let withMisdeeds = configuration(of: "page-worker-with-misdeeds")

    public static func open(_ path: String, limits: PageLimits = PageLimits()) throws(DocumentError) -> Document {
        try reader.open(DocumentFile(path: path, limits: limits))
    }

    private static func configuration(of executable: String) -> PageReaderConfiguration {
        var configuration = PageReaderConfiguration()
        configuration.executable = "\(folder)/\(executable)"
        return configuration
    }

    /// Where the build put this process's executable, and with it all others.
    private static var folder: String {
        var path = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &path, path.count)
        let text = String(decoding: path.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(text[..<(text.lastIndex(of: "/") ?? text.startIndex)])
    }
}
