import Tensors
import TestSupport
import Testing

@Suite("GGUF files")
struct GGUFFileTests {
    @Test("metadata of every type and tensors are read", arguments: [UInt32(2), 3])
    func everyType(version: UInt32) throws {
        let folder = try TemporaryFolder()
        var sample = GGUFBytes.sample()
        sample.version = version
        let file = try GGUFFile(path: folder.write("a.gguf", sample.bytes))
        let metadata = file.metadata
        #expect(metadata.keys.count == 18 && metadata.keys.first == "general.architecture")
        #expect(try metadata.string("general.architecture") == "llama")
        let integers = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "int64"]
        #expect(
            try integers.map { try metadata.integer("a." + $0) }
                == [200, -2, 60_000, -300, 4_000_000_000, -70_000, Int.min])
        #expect(try metadata.float("a.float32") == 0.25)
        #expect(try metadata.float("a.float64") == -1.5)
        #expect(try metadata.bool("a.bool"))
        let strings = try metadata.strings("b.strings")
        #expect(Array(strings) == ["", "a", "Ġé", "three"])
        #expect(strings.utf8(2) == Array("Ġé".utf8))
        #expect(try metadata.integers("b.integers") == [-1, 7])
        #expect(try metadata.floats("b.floats") == [1.5, 2])
        #expect(try metadata.bools("b.bools") == [false, true, false])
        #expect(try metadata.strings("b.empty").isEmpty)
        #expect(metadata.typeName("b.nested") == "an array of 2 array")
        #expect(try metadata.ifPresent("a.bool", metadata.bool) == true)
        #expect(try metadata.ifPresent("absent", metadata.bool) == nil)

        #expect(file.tensors.map(\.name) == ["f", "q"])
        let f = try file.tensor("f")
        #expect(f.type == .f32 && f.shape == [2, 3] && f.rows == 2 && f.columns == 3 && f.byteCount == 24)
        #expect(f.floats() == [1, 2, 3, 4, 5, 6])
        #expect(f.rows(1..<2).values == [4, 5, 6])
        #expect(try f.weights(shape: [2, 3]).row(1) == [4, 5, 6])
        let q = try file.tensor("q")
        #expect(q.type == .q8_0 && q.shape == [32] && q.rows == 1 && q.byteCount == 34)
        #expect(q.floats() == (0..<32).map { Float($0 - 16) })
        #expect(file.parts == [file.path] && file.byteCount == sample.bytes.count)
    }

    @Test("wrong uses name key or tensor, what is there and what was wanted")
    func wrongUse() throws {
        let folder = try TemporaryFolder()
        var sample = GGUFBytes.sample()
        sample.add("not.utf8", type: GGUFBytes.string, GGUFBytes.number(UInt64(1)) + [0xFF])
        sample.add(
            "not.utf8s", type: GGUFBytes.array,
            GGUFBytes.arrayHead(GGUFBytes.string, 1) + GGUFBytes.number(UInt64(1)) + [0xFF])
        let path = try folder.write("a.gguf", sample.bytes)
        let file = try GGUFFile(path: path)
        let metadata = file.metadata
        #expect(throws: GGUFError.missingKey(path: path, key: "x")) { try metadata.integer("x") }
        func refused(_ key: String, _ expected: String, _ found: String, _ read: (String) throws -> Any) {
            #expect(throws: GGUFError.metadata(path: path, key: key, expected: expected, found: found)) {
                _ = try read(key)
            }
        }
        refused("a.uint64", "a whole number", "uint64") { try metadata.integer($0) }
        refused("a.float32", "a whole number", "float32 0.25") { try metadata.integer($0) }
        refused("a.int8", "a floating-point number", "int8 -2") { try metadata.float($0) }
        refused("a.uint8", "true or false", "uint8 200") { try metadata.bool($0) }
        refused("a.bool", "a string of UTF-8", "bool") { try metadata.string($0) }
        refused("not.utf8", "a string of UTF-8", "string") { try metadata.string($0) }
        refused("b.bools", "an array of whole numbers", "an array of 3 bool") { try metadata.integers($0) }
        refused("b.strings", "an array of floating-point numbers", "an array of 4 string") { try metadata.floats($0) }
        refused("a.bool", "an array of true and false", "bool") { try metadata.bools($0) }
        refused("b.nested", "an array of strings of UTF-8", "an array of 2 array") { try metadata.strings($0) }
        refused("not.utf8s", "an array of strings of UTF-8", "an array of 1 string") { try metadata.strings($0) }
        #expect(throws: GGUFError.missing(path: path, tensor: "x")) { try file.tensor("x") }
        #expect(throws: GGUFError.shape(path: path, tensor: "f", expected: [3, 2], found: [2, 3])) {
            try file.tensor("f").weights(shape: [3, 2])
        }
    }

    @Test("a vocabulary of 131,072 strings")
    func vocabulary() throws {
        let folder = try TemporaryFolder()
        var bytes = GGUFBytes()
        bytes.add("tokenizer.ggml.tokens", (0..<131_072).map { "token\($0)" })
        bytes.add("after", "it")
        let file = try GGUFFile(path: folder.write("a.gguf", bytes.bytes))
        let tokens = try file.metadata.strings("tokenizer.ggml.tokens")
        #expect(tokens.count == 131_072 && tokens[131_071] == "token131071")
        #expect(try file.metadata.string("after") == "it")
    }

    @Test(
        "infinite and NaN scales are found, and give what IEEE 754 says", arguments: [0x7C00, 0xFC00, 0x7E01, 0xFFFF])
    func notFinite(scale: UInt16) throws {
        let folder = try TemporaryFolder()
        var sample = GGUFBytes.sample()
        sample.addTensor("last", [32, 2], type: 2, offset: 96)
        sample.data += [UInt8](repeating: 0, count: 96 - sample.data.count)
        sample.data += [0, 0] + [UInt8](repeating: 0x99, count: 16)
        sample.data += GGUFBytes.number(scale) + [UInt8](repeating: 0x99, count: 16)
        let path = try folder.write("a.gguf", sample.bytes)
        let file = try GGUFFile(path: path)
        try file.tensor("f").checkScales()
        try file.tensor("q").checkScales()
        let tensor = try file.tensor("last")
        #expect(throws: GGUFError.notFinite(path: path, tensor: "last", offset: tensor.place.lowerBound + 18)) {
            try tensor.checkScales()
        }
        #expect(tensor.rows(0..<1).values == [Float](repeating: 0, count: 32))
        let isNaN = scale & 0x3FF != 0
        #expect(
            tensor.rows(1..<2).values.allSatisfy { isNaN ? $0.isNaN : $0 == (scale < 0x8000 ? .infinity : -.infinity) })
    }
}
