import Glibc

/// Memory for the keys and values of 128 positions, in all layers; zeros at first.
///
/// It comes from the system when it is first touched, and goes back with the last cache that refers to it.
/// Whoever writes must be the only owner.
final class KeyValuePage: @unchecked Sendable {
    /// Kernels load whole vectors: some bytes beyond the end may be read.
    private static let slack = 256

    let bytes: UnsafeMutableRawPointer
    private let length: Int

    /// nil if the system has not enough memory.
    init?(byteCount: Int) {
        let (length, overflow) = byteCount.addingReportingOverflow(Self.slack)
        guard !overflow,
            let bytes = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            bytes != MAP_FAILED
        else { return nil }
        self.bytes = bytes
        self.length = length
    }

    /// A page with the same contents; nil if the system has not enough memory.
    func copy() -> KeyValuePage? {
        guard let copy = KeyValuePage(byteCount: length - Self.slack) else { return nil }
        copy.bytes.copyMemory(from: bytes, byteCount: length - Self.slack)
        return copy
    }

    deinit { munmap(bytes, length) }
}
