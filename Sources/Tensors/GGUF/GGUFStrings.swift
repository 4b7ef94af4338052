/// An array of strings in the metadata of a file, such as a vocabulary: texts are made when they are asked for.
public struct GGUFStrings: RandomAccessCollection, Sendable {
    private let file: MemoryMappedFile
    // Where the bytes of each string start and, after the last one, where the array ends. Eight bytes with the length
    // of the next string follow each string.
    private let starts: [Int]

    /// The strings of an array that was checked when the file was opened; nil if some are not UTF-8.
    init?(_ value: GGUFValue, count: Int, file: MemoryMappedFile) {
        var starts: [Int] = []
        starts.reserveCapacity(count + 1)
        // Read with the same checks again: another process may have changed the file.
        var cursor = GGUFCursor(file, offset: value.place.lowerBound)
        for _ in 0..<count {
            guard let text = try? cursor.text("a string"), file.isUTF8(text) else { return nil }
            starts.append(text.lowerBound)
        }
        starts.append(cursor.offset + 8)
        self.starts = starts
        self.file = file
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { starts.count - 1 }

    public subscript(position: Int) -> String { String(decoding: utf8(position), as: UTF8.self) }

    /// The bytes of one string.
    public func utf8(_ position: Int) -> [UInt8] { file.contents(starts[position]..<starts[position + 1] - 8) }
}

extension MemoryMappedFile {
    fileprivate func isUTF8(_ place: Range<Int>) -> Bool {
        let text = UnsafeRawBufferPointer(start: bytes + place.lowerBound, count: place.count)
        return text.allSatisfy { $0 < 0x80 } || string(place) != nil
    }
}
