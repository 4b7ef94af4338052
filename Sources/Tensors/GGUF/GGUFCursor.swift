/// Reads the header of a GGUF file from front to back; nothing beyond its end.
struct GGUFCursor {
    /// Much longer than any vocabulary: bounds the time and memory that a header can take.
    static let longestHeader = 256 << 20

    let file: MemoryMappedFile
    private(set) var offset: Int
    private let end: Int

    init(_ file: MemoryMappedFile, offset: Int = 0) {
        self.file = file
        self.offset = offset
        end = min(file.byteCount, Self.longestHeader)
    }

    /// Bytes up to the end.
    var remaining: Int { end - offset }

    /// A fault at a byte of the file; without one, at the next byte.
    func failure(_ reason: String, at place: Int? = nil) -> GGUFError {
        .header(path: file.path, offset: place ?? offset, reason: reason)
    }

    /// Goes over some bytes and returns where they start.
    mutating func skip(_ count: Int, _ what: @autoclosure () -> String) throws(GGUFError) -> Int {
        guard count <= remaining else {
            throw end < file.byteCount
                ? failure("\(what()) lies beyond the longest header, \(Self.longestHeader) bytes")
                : failure("\(what()) takes \(count) bytes, but the file ends after \(remaining)")
        }
        defer { offset += count }
        return offset
    }

    /// A whole number in little endian byte order.
    mutating func integer<Number: FixedWidthInteger>(
        _ type: Number.Type, _ what: @autoclosure () -> String
    ) throws(GGUFError) -> Number {
        let start = try skip(MemoryLayout<Number>.size, what())
        return Number(littleEndian: file.bytes.loadUnaligned(fromByteOffset: start, as: Number.self))
    }

    /// A number of things that take at least `size` bytes each; refused if there is no room for as many.
    mutating func count(of what: String, size: Int, limit: Int) throws(GGUFError) -> Int {
        let start = offset
        let count = try integer(UInt64.self, "the number of \(what)")
        guard count <= UInt64(limit) else {
            throw failure("it claims \(count) \(what), more than the \(limit) allowed", at: start)
        }
        guard Int(count) <= remaining / size else {
            throw failure("it claims \(count) \(what), but \(remaining) bytes have no room for them", at: start)
        }
        return Int(count)
    }

    /// Goes over a text with its length and returns the place of its bytes.
    mutating func text(_ what: String) throws(GGUFError) -> Range<Int> {
        let start = offset
        let length = try integer(UInt64.self, "the length of \(what)")
        guard length <= UInt64(remaining) else {
            throw failure("\(what) claims \(length) bytes, but at most \(remaining) follow", at: start)
        }
        let first = try skip(Int(length), what)
        return first..<offset
    }

    /// A name of 1 to `limit` bytes of UTF-8.
    mutating func name(_ what: String, limit: Int) throws(GGUFError) -> String {
        let start = offset
        let place = try text(what)
        guard !place.isEmpty, place.count <= limit else {
            throw failure("\(what) has \(place.count) bytes, but 1 to \(limit) are allowed", at: start)
        }
        guard let name = file.string(place) else { throw failure("\(what) is not UTF-8", at: start) }
        return name
    }
}

extension MemoryMappedFile {
    /// The text of some bytes; nil if they are not UTF-8.
    func string(_ place: Range<Int>) -> String? {
        String(validating: UnsafeRawBufferPointer(start: bytes + place.lowerBound, count: place.count), as: UTF8.self)
    }
}
