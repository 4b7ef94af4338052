import Glibc
import Tensors
import TestSupport
import Testing

@Suite("Damaged GGUF files")
struct DamagedGGUFTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func error(_ bytes: [UInt8]) throws -> GGUFError? {
        let path = try folder.write("a.gguf", bytes)
        return #expect(throws: GGUFError.self) { try GGUFFile(path: path) }
    }

    private func header(_ bytes: [UInt8], _ text: String) throws {
        let error = try error(bytes)
        guard case .header(_, _, let reason) = error, reason.contains(text) else {
            Issue.record("\(text): \(String(describing: error))")
            return
        }
    }

    private func entry(_ text: String, _ make: (inout GGUFBytes) -> Void) throws {
        var file = GGUFBytes()
        file.data = [UInt8](repeating: 0, count: 256)
        make(&file)
        let error = try error(file.bytes)
        guard case .entry(_, "x", let reason) = error, reason.contains(text) else {
            Issue.record("\(text): \(String(describing: error))")
            return
        }
    }

    @Test("other formats, versions and byte orders are named")
    func unsupported() throws {
        func reason(_ make: (inout GGUFBytes) -> Void) throws -> String {
            var file = GGUFBytes.sample()
            make(&file)
            guard case .unsupported(_, let reason) = try error(file.bytes) else { return "" }
            return reason
        }
        #expect(try reason { $0.magic = Array("PK\u{3}\u{4}".utf8) }.contains("not a GGUF file"))
        #expect(try reason { $0.version = 1 }.contains("version 1"))
        #expect(try reason { $0.version = 4 }.contains("version 4"))
        #expect(try reason { $0.version = UInt32(3).byteSwapped }.contains("big-endian"))
    }

    @Test("a file that ends anywhere before its end is refused")
    func truncation() throws {
        func cut(_ bytes: [UInt8], to counts: some Sequence<Int>) throws {
            let path = try folder.write("cut.gguf", bytes)
            for count in counts {
                try #require(truncate(path, count) == 0)
                #expect(throws: GGUFError.self, "\(count) bytes") { try GGUFFile(path: path) }
            }
        }
        let sample = GGUFBytes.sample().bytes
        try cut(sample, to: (0..<sample.count).reversed())
        let model = try Repository.bytes(of: Repository.reference("gguf/text-q8_0.gguf"))
        try cut(model, to: stride(from: 100_032, through: 64, by: -64))
    }

    @Test("counts and lengths that the file cannot hold are refused", arguments: [1_000, 1 << 32, 1 << 60, UInt64.max])
    func absurdCounts(count: UInt64) throws {
        var file = GGUFBytes.sample()
        file.tensorCount = count
        try header(file.bytes, "claims \(count) tensors")
        file = .sample()
        file.keyCount = count
        try header(file.bytes, "claims \(count) metadata")
        file = GGUFBytes()
        file.add("s", type: GGUFBytes.string, GGUFBytes.number(count))
        try header(file.bytes, "a string claims \(count) bytes")
        for type: UInt32 in 0...12 {
            file = GGUFBytes()
            file.add("a", type: GGUFBytes.array, GGUFBytes.arrayHead(type, count))
            try header(file.bytes, "claims \(count) elements")
        }
    }

    @Test("metadata that contradict the format are refused")
    func metadata() throws {
        var file = GGUFBytes()
        file.add("x", type: 13, [0])
        try header(file.bytes, "number 13")
        file = GGUFBytes()
        file.add("x", type: 7, [2])
        try header(file.bytes, "neither 0 nor 1")
        file = GGUFBytes()
        file.add("x", 1)
        file.add("x", 1)
        try header(file.bytes, "there twice")
        file = GGUFBytes()
        file.add("", 1)
        try header(file.bytes, "a key has 0 bytes")
        file = GGUFBytes()
        file.add(String(repeating: "k", count: 65_536), 1)
        try header(file.bytes, "a key has 65536 bytes")
        file = GGUFBytes()
        file.add("x", type: GGUFBytes.array, (0..<100_000).flatMap { _ in GGUFBytes.arrayHead(GGUFBytes.array, 1) })
        try header(file.bytes, "nested too deeply")
        for alignment: UInt32 in [0, 24, 1 << 31] {
            file = GGUFBytes()
            file.add("general.alignment", alignment)
            guard case .metadata(_, "general.alignment", _, "\(alignment)") = try error(file.bytes) else {
                Issue.record("alignment \(alignment)")
                continue
            }
        }
    }

    @Test("tensors that contradict themselves or the file are refused")
    func tensors() throws {
        try entry("overlap those of \"y\"") {
            $0.addTensor("x", [16], offset: 32)
            $0.addTensor("y", [9])
        }
        try entry("listed twice") {
            $0.addTensor("x", [1])
            $0.addTensor("x", [1], offset: 32)
        }
        try entry("not a multiple of the alignment, 32") { $0.addTensor("x", [1], offset: 16) }
        try entry("not a multiple of the alignment, 64") {
            $0.add("general.alignment", 64)
            $0.addTensor("x", [1], offset: 32)
        }
        try entry("the file is incomplete") { $0.addTensor("x", [10_000]) }
        try entry("the file is incomplete") { $0.addTensor("x", [1], offset: 1 << 40) }
        try entry("the file is incomplete") { $0.addTensor("x", [1], offset: 1 << 62) }
        try entry("offset 18446744073709551584 is too large") { $0.addTensor("x", [1], offset: .max - 31) }
        try entry("claims 5 extents") { $0.addTensor("x", [1, 1, 1, 1, 1]) }
        try entry("0 is not a possible extent") { $0.addTensor("x", [4, 0]) }
        try entry("18446744073709551615 is not a possible extent") { $0.addTensor("x", [.max]) }
        try entry("its shape is too large") { $0.addTensor("x", [1 << 40, 1 << 40]) }
        try entry("its shape is too large") { $0.addTensor("x", [1 << 62]) }
        try entry("33 weights are no whole number of Q8_0 blocks of 32") { $0.addTensor("x", [33, 32], type: 8) }
        try entry("128 weights are no whole number of Q4_K blocks of 256") { $0.addTensor("x", [128, 2], type: 12) }
        try entry("type IQ2_XXS is not supported, but F32") { $0.addTensor("x", [256], type: 16) }
        try entry("type MXFP4 is not supported, but F32") { $0.addTensor("x", [256], type: 39) }
        try entry("type number 4711, which is unknown, is not supported") { $0.addTensor("x", [256], type: 4711) }
        var file = GGUFBytes.sample()
        file.addTensor(String(repeating: "n", count: 256), [1], offset: 96)
        try header(file.bytes, "the name of a tensor has 256 bytes")
    }

    @Test("thousands of random changes give a model that can be read, or an error", arguments: 0..<4)
    func mutations(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let sample = GGUFBytes.sample().bytes
        let model = Array(try Repository.bytes(of: Repository.reference("gguf/mmproj-f16.gguf"))[..<4_000])
        var opened = 0
        for round in 0..<1_000 {
            let bytes = mutator.mutated(round % 4 == 0 ? model : sample)
            let path = try folder.write("\(seed)-\(round).gguf", bytes)
            defer { unlink(path) }
            do { opened += readAll(try GGUFFile(path: path)) } catch {
                #expect("\(error)".hasPrefix(path + ": "))
            }
        }
        #expect(opened > 50)
    }

    /// Reads all that a file has, and returns 1.
    private func readAll(_ file: GGUFFile) -> Int {
        for key in file.metadata.keys {
            _ = try? file.metadata.integer(key)
            _ = try? file.metadata.string(key)
            _ = try? file.metadata.integers(key)
            _ = try? file.metadata.floats(key)
            _ = try? file.metadata.strings(key).map(\.count)
        }
        for tensor in file.tensors {
            #expect(tensor.floats().count == tensor.shape.reduce(1, *))
            _ = tensor.firstNonFiniteScale()
        }
        return 1
    }
}
