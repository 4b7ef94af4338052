import Foundation

/// The lines of a file or of standard input, as they come.
struct LineReader {
    /// Longer lines are not held in memory.
    private static let maximumLength = 64 << 20
    private static let chunk = 1 << 16

    /// A line, or nothing of one that is too long.
    enum Line {
        case whole([UInt8])
        case tooLong
    }

    private let name: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    init(_ path: String) throws(FileFailure) {
        name = path
        file = try InputFile.open(path)
    }

    /// The next line, without its end; nil behind the last one.
    mutating func next() throws(FileFailure) -> Line? {
        var searched = start
        var isTooLong = false
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return isTooLong ? .tooLong : .whole(Array(buffer[start..<end]))
            }
            if isAtEnd {
                guard isTooLong || start < buffer.count else { return nil }
                defer { start = buffer.count }
                return isTooLong ? .tooLong : .whole(Array(buffer[start...]))
            }
            if isTooLong || buffer.count - start > Self.maximumLength {
                isTooLong = true
                buffer.removeAll()
            } else {
                buffer.removeFirst(start)
            }
            start = 0
            searched = buffer.count
            try readMore()
        }
    }

    private mutating func readMore() throws(FileFailure) {
        var bytes = [UInt8](repeating: 0, count: Self.chunk)
        let count = read(file.fileDescriptor, &bytes, bytes.count)
        guard count >= 0 else {
            throw FileFailure(message: "\(name): cannot be read; check the disk", code: .notReadable)
        }
        isAtEnd = count == 0
        buffer += bytes[..<count]
    }
}
