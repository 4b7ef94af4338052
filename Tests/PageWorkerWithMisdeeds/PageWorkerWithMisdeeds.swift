import CMisdeeds
import Glibc
import PageImages

/// A worker that misbehaves where a document asks for it: by `%misdeed:NAME;` in its first 200 bytes.
///
/// Everything else is the worker that ships, sandbox included.
@main
struct PageWorkerWithMisdeeds {
    /// What the worker ends with after a misdeed that nothing stopped. No fault has this code.
    static let escaped: Int32 = 99

    static func main() {
        exit(
            PageWorker.run { bytes in
                if let name = misdeed(askedForIn: bytes), misdeed_commit(name) != 0 { exit(escaped) }
            })
    }

    private static func misdeed(askedForIn bytes: UnsafeRawBufferPointer) -> String? {
        let start = String(decoding: bytes.prefix(200), as: UTF8.self)
        guard let mark = start.firstRange(of: "%misdeed:") else { return nil }
        return start[mark.upperBound...].split(separator: ";").first.map(String.init)
    }
}
