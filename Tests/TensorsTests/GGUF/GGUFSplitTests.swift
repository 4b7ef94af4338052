import Tensors
import TestSupport
import Testing

@Suite("Split GGUF files")
struct GGUFSplitTests {
    /// Part `number`, from 0, with one tensor of one number.
    private func part(
        _ number: Int, of count: Int, tensor: String? = nil, tensors: Int? = nil
    ) -> [UInt8] {
        var file = GGUFBytes()
        file.add("split.no", type: 2, GGUFBytes.number(UInt16(number)))
        file.add("split.count", type: 2, GGUFBytes.number(UInt16(count)))
        file.add("split.tensors.count", type: 5, GGUFBytes.number(Int32(tensors ?? count)))
        if number == 0 { file.add("general.name", "whole") }
        file.addTensor(tensor ?? "t\(number)", [1])
        file.data = GGUFBytes.number(Float(number).bitPattern)
        return file.bytes
    }

    private func name(_ number: Int) -> String { "m-0000\(number + 1)-of-00003.gguf" }

    @Test("all parts are opened by any of them")
    func anyPart() throws {
        let folder = try TemporaryFolder()
        let paths = try (0..<3).map { try folder.write(name($0), part($0, of: 3)) }
        for path in paths {
            let file = try GGUFFile(path: path)
            #expect(file.parts == paths && file.path == paths[0])
            #expect(file.tensors.map(\.name) == ["t0", "t1", "t2"])
            #expect(try file.tensor("t2").floats() == [2] && file.tensor("t2").path == paths[2])
            #expect(try file.metadata.string("general.name") == "whole")
        }
        let whole = try GGUFFile(path: folder.write("one.gguf", part(0, of: 1)))
        #expect(whole.parts.count == 1)
    }

    @Test("parts that are absent, renamed or of another model are refused")
    func wrongParts() throws {
        func refused(_ bytes: [[UInt8]?], names: [String]? = nil, _ isExpected: (GGUFError) -> Bool) throws {
            let folder = try TemporaryFolder()
            for (number, bytes) in bytes.enumerated() {
                if let bytes { try folder.write(names?[number] ?? name(number), bytes) }
            }
            let error = #expect(throws: GGUFError.self) {
                try GGUFFile(path: folder.path + "/" + (names?[0] ?? name(0)))
            }
            #expect(error.map(isExpected) == true, "\(String(describing: error))")
        }
        let good = (0..<3).map { part($0, of: 3) }
        try refused([good[0], nil, good[2]]) {
            if case .file(let file) = $0 { file.path.hasSuffix(name(1)) } else { false }
        }
        func isSplit(_ error: GGUFError) -> Bool { if case .split = error { true } else { false } }
        try refused([good[0]], names: ["renamed.gguf"], isSplit)
        try refused([good[1], good[1], good[2]], isSplit)
        try refused([good[0], part(1, of: 4), good[2]], isSplit)
        try refused([good[0], GGUFBytes.sample().bytes, good[2]], isSplit)
        try refused([part(0, of: 3, tensors: 4), good[1], good[2]], isSplit)
        try refused([part(7, of: 3)], isSplit)
        try refused([part(0, of: 60_000)], isSplit)
        try refused([part(0, of: 0)], isSplit)
        try refused([good[0], part(1, of: 3, tensor: "t0"), good[2]]) {
            if case .entry(let path, "t0", _) = $0 { path.hasSuffix(name(1)) } else { false }
        }
    }
}
