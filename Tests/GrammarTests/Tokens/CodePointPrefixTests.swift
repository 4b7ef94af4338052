import Testing

@testable import Grammar

@Suite struct CodePointPrefixTests {
    private func step(_ bytes: [UInt8]) -> CodePointPrefix.Step {
        var step = CodePointPrefix.first(bytes[0])
        for byte in bytes.dropFirst() {
            guard case .inside(let prefix) = step else { return .dead }
            step = prefix.next(byte)
        }
        return step
    }

    private func ranges(of prefix: CodePointPrefix) -> [ClosedRange<UInt32>] {
        var ranges: [ClosedRange<UInt32>] = []
        let found = prefix.containsRange {
            ranges.append($0)
            return false
        }
        #expect(!found)
        return ranges
    }

    @Test func everyBeginningKnowsWhatItCanBecome() {
        #expect(Spelling.beginnings.count > 17_000)
        for (bytes, beginning) in Spelling.beginnings {
            guard case .inside(let prefix) = step(bytes) else {
                Issue.record("\(bytes) is dead")
                continue
            }
            #expect(prefix.remaining == beginning.remaining)
            #expect(CodePointPrefix(bits: prefix.bits) == prefix)
            #expect(prefix.bits >= 1 << 21 && prefix.bits < 1 << 24)
            // A lone backslash begins `"` and `\` besides the control characters.
            let merged = beginning.ranges
            #expect(ranges(of: prefix).sorted { $0.lowerBound < $1.lowerBound } == merged, "\(bytes)")
        }
    }

    @Test func allShortByteStringsAreReadAsTheirSpelling() {
        for first in UInt8.min...UInt8.max {
            check([first])
            for second in UInt8.min...UInt8.max { check([first, second]) }
        }
    }

    @Test func longerByteStringsAreReadAsTheirSpelling() {
        var generator = SeededGenerator(state: 5)
        let edges: [UInt8] = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0] + Array("01789abefg\\u\"".utf8)
        for beginning in Spelling.beginnings.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            for _ in 0..<3 { check(beginning + [edges.randomElement(using: &generator) ?? 0]) }
        }
    }

    private func check(_ bytes: [UInt8]) {
        switch (step(bytes), Spelling.read(bytes)) {
        case (.scalar(let scalar), .inner(let scalars)): #expect([scalar] == scalars, "\(bytes)")
        case (.inside, .partial([], _)), (.quote, .closing([], suffix: [])), (.dead, .dead): break
        // Steps end after one code point; whatever follows is beyond it.
        case (.dead, .inner(let scalars)): #expect(scalars.count > 1, "\(bytes)")
        case (.dead, .partial(let scalars, _)), (.dead, .closing(let scalars, _)):
            #expect(bytes.count > 1, "\(scalars)")
        case (let step, let reading): Issue.record("\(bytes): \(step) instead of \(reading)")
        }
    }
}
