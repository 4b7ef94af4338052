/// Searches for short ASCII words in raw bytes.
extension RandomAccessCollection where Element == UInt8, Index == Int {
    /// The first place of `word` that lies wholly within `range`.
    func firstRange(ofASCII word: StaticString, within range: Range<Int>) -> Range<Int>? {
        guard range.count >= word.utf8CodeUnitCount else { return nil }
        for start in range.lowerBound...(range.upperBound - word.utf8CodeUnitCount) where has(word, at: start) {
            return start..<(start + word.utf8CodeUnitCount)
        }
        return nil
    }

    /// The last place of `word` that lies wholly within `range`.
    func lastRange(ofASCII word: StaticString, within range: Range<Int>) -> Range<Int>? {
        guard range.count >= word.utf8CodeUnitCount else { return nil }
        for start in (range.lowerBound...(range.upperBound - word.utf8CodeUnitCount)).reversed()
        where has(word, at: start) {
            return start..<(start + word.utf8CodeUnitCount)
        }
        return nil
    }

    /// Whether `word` stands at `start`.
    func has(_ word: StaticString, at start: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard start >= startIndex, start <= endIndex - length else { return false }
        return word.withUTF8Buffer { letters in
            for index in 0..<length where self[start + index] != letters[index] { return false }
            return true
        }
    }
}
