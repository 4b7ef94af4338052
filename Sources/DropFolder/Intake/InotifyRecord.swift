import Glibc

/// One `struct inotify_event` (inotify(7)).
struct InotifyRecord {
    var watch: Int32
    var mask: Int32
    /// nil where the event is about the watched folder itself.
    var name: String?
    /// There is a name, but it is not UTF-8.
    var hasUnreadableName: Bool

    func has(_ bits: Int32) -> Bool { mask & bits != 0 }

    /// Reads the records in a buffer that read(2) filled; a torn one at the end is dropped.
    static func forEach(in bytes: UnsafeRawBufferPointer, _ body: (InotifyRecord) -> Void) {
        var start = 0
        while start + headerSize <= bytes.count {
            let watch = bytes.loadUnaligned(fromByteOffset: start, as: Int32.self)
            let mask = bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self)
            let length = Int(bytes.loadUnaligned(fromByteOffset: start + 12, as: UInt32.self))
            let nameStart = start + headerSize
            guard length <= bytes.count - nameStart else { return }
            // Padded with NUL bytes.
            let name = bytes[nameStart..<nameStart + length].prefix { $0 != 0 }
            let text = name.isEmpty ? nil : String(validating: name, as: UTF8.self)
            body(
                InotifyRecord(
                    watch: watch, mask: Int32(bitPattern: mask), name: text,
                    hasUnreadableName: !name.isEmpty && text == nil))
            start = nameStart + length
        }
    }

    /// Bytes before the name: watch, mask, cookie, length.
    private static let headerSize = 16
}
