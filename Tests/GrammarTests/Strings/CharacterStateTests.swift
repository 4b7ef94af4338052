import JSONSchema
import Testing

@testable import Grammar

@Suite struct CharacterStateTests {
    /// Every scalar there is, byte by byte: spelled as the serialiser does, always a candidate, complete at its end.
    @Test func everyScalarIsReadFromItsBytes() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(CanonicalBytes(of: value))
            guard bytes.count == CanonicalBytes.count(of: value) else {
                Issue.record("\(value) is not \(bytes.count) bytes long")
                return
            }
            if value < 0x3000 || value % 251 == 0 {
                let serialized = JSONValue.string(String(scalar)).serialized()
                #expect(bytes.elementsEqual(serialized.dropFirst().dropLast()))
            }
            var state = CharacterState.boundary
            for (index, byte) in bytes.enumerated() {
                guard state.candidates.contains(where: { $0.contains(value) }),
                    state.remainingCount(for: value) == bytes.count - index,
                    state.remainingBytes(for: value).elementsEqual(bytes[index...])
                else {
                    Issue.record("\(value) is no candidate behind \(index) bytes")
                    return
                }
                switch state.step(byte) {
                case .inside(let next) where index < bytes.count - 1: state = next
                case .scalar(value) where index == bytes.count - 1: break
                default:
                    Issue.record("\(value) is not read at byte \(index)")
                    return
                }
            }
        }
    }

    /// Walks all sequences of bytes: they reach each scalar once, and the candidates of a state are what it reaches.
    @Test func nothingElseIsRead() {
        func reached(from state: CharacterState) -> [UInt32] {
            (UInt8.min...UInt8.max).flatMap { byte -> [UInt32] in
                switch state.step(byte) {
                case .scalar(let value): [value]
                case .inside(let next): reached(from: next)
                case .dead, .end: []
                }
            }
        }
        func check(_ state: CharacterState) {
            let values = reached(from: state)
            let candidates = state.candidates.flatMap { Array($0) }
            #expect(Set(values).count == values.count)
            if values.sorted() != candidates.sorted() { Issue.record("the candidates of \(state) are wrong") }
            for byte in UInt8.min...UInt8.max {
                if case .inside(let next) = state.step(byte), byte < 0x80 || byte >= 0xC0 { check(next) }
            }
        }
        check(.boundary)
        #expect(reached(from: .boundary).count == 0x110000 - 0x800)
        #expect(CharacterState.boundary.step(UInt8(ascii: "\"")) == .end)
    }
}
