import TestSupport
import Tensors
import Testing

@Suite("GGUF writer")
struct GGUFWriterTests {
    private let folder: TemporaryFolder
    private let threads = ThreadPool(threadCount: 2)

    init() throws {
        folder = try TemporaryFolder()
    }

    private var path: String { folder.path + "/model.gguf" }

    private func layout(_ tensors: [GGUFLayout.Tensor], metadata: [GGUFKeyValue] = []) throws -> GGUFLayout {
        try GGUFLayout(metadata: metadata, tensors: tensors)
    }

    @Test("what is written is read back: metadata and tensors of every type")
    func roundTrip() throws {
        let types: [TensorType] = [.q4_K, .f32, .q8_0, .f16, .q6_K, .bf16, .q5_0]
        let tensors = types.map { GGUFLayout.Tensor(name: "t.\($0)", type: $0, shape: [3, 256]) }
        let metadata: [GGUFKeyValue] = [
            .string("general.architecture", "llama"), .uint32("a", 4_000_000_000), .float32("b", 0.25),
            .bool("c", true),
            .strings("d", ["", "Ġé", "x y"]), .int32s("e", [1, -3]), .float32s("f", [0.5, -2]),
            .strings("g", [String]()),
        ]
        let layout = try layout(tensors + [.init(name: "odd", type: .f32, shape: [5])], metadata: metadata)
        let weights = Matrix(rows: 3, columns: 256, values: randomNumbers(768, seed: 3))
        let odd = Matrix(rows: 1, columns: 5, values: [1, 2, 3, 4, 5])

        var writer = try GGUFWriter(path: path, layout: layout)
        for _ in types {
            try writer.append(weights.rows(0..<2), threads: threads)
            try writer.append(weights.rows(2..<3), threads: threads)
        }
        #expect(writer.next?.name == "odd")
        try writer.append(odd, threads: threads)
        #expect(writer.next == nil)
        try writer.finish()

        let file = try GGUFFile(path: path)
        #expect(file.byteCount == layout.byteCount)
        #expect(file.metadata.keys == metadata.map(\.key))
        #expect(try file.metadata.integer("a") == 4_000_000_000)
        #expect(try file.metadata.float("b") == 0.25)
        #expect(try file.metadata.bool("c"))
        #expect(try Array(file.metadata.strings("d")) == ["", "Ġé", "x y"])
        #expect(try file.metadata.integers("e") == [1, -3])
        #expect(try file.metadata.floats("f") == [0.5, -2])
        #expect(try Array(file.metadata.strings("g")).isEmpty)
        for type in types {
            let tensor = try file.tensor("t.\(type)")
            #expect(tensor.type == type && tensor.shape == [3, 256] && tensor.place.lowerBound.isMultiple(of: 32))
            #expect(tensor.floats() == type.dequantized(try type.quantized(weights.values)))
        }
        #expect(try file.tensor("odd").floats() == [1, 2, 3, 4, 5])
    }

    @Test("metadata of every type are copied as they are")
    func copiedMetadata() throws {
        let source = try folder.write("source.gguf", GGUFBytes.sample().bytes)
        let metadata = try GGUFFile(path: source).metadata
        let copies = try metadata.keys.compactMap { key in try GGUFKeyValue.copy(of: key, in: metadata) }
        #expect(copies.map(\.key) == metadata.keys.filter { $0 != "b.nested" && $0 != "a.uint64" })
        var writer = try GGUFWriter(path: path, layout: layout([], metadata: copies))
        try writer.finish()
        let found = try GGUFFile(path: path).metadata
        for key in found.keys { #expect(found.typeName(key) == metadata.typeName(key)) }
        for key in ["a.uint8", "a.int8", "a.uint16", "a.int16", "a.uint32", "a.int32", "a.int64"] {
            #expect(try found.integer(key) == metadata.integer(key), "\(key)")
        }
        #expect(try found.float("a.float32") == 0.25 && found.float("a.float64") == -1.5)
        #expect(try found.integers("b.integers") == [-1, 7] && found.bools("b.bools") == [false, true, false])
    }

    @Test("rows of another file are copied as they are")
    func copiedRows() throws {
        let source = try GGUFFile(path: folder.write("source.gguf", GGUFBytes.sample().bytes)).tensor("q")
        var writer = try GGUFWriter(path: path, layout: layout([.init(name: "q", type: .q8_0, shape: [32])]))
        try writer.append(0..<1, of: source)
        try writer.finish()
        #expect(try GGUFFile(path: path).tensor("q").floats() == source.floats())
    }

    @Test("a file that is not finished is gone, and one that is there is not touched")
    func unfinished() throws {
        let layout = try layout([.init(name: "t", type: .f32, shape: [2, 4])])
        do {
            var writer = try GGUFWriter(path: path, layout: layout)
            try writer.append(Matrix(rows: 1, columns: 4), threads: threads)
            #expect(throws: GGUFWriterError.rows(tensor: "t", reason: "rows are missing")) { try writer.finish() }
            #expect(folder.contents == ["model.gguf"])
        }
        #expect(folder.contents.isEmpty)
        try folder.write("model.gguf", [1, 2, 3])
        #expect(throws: GGUFWriterError.self) { _ = try GGUFWriter(path: path, layout: layout) }
        #expect(try Repository.bytes(of: path) == [1, 2, 3])
    }

    @Test("wrong rows and numbers are refused with the tensor's name")
    func wrongRows() throws {
        let layout = try layout([
            .init(name: "t", type: .q8_0, shape: [4, 32]), .init(name: "u", type: .f32, shape: [1]),
        ])
        var writer = try GGUFWriter(path: path, layout: layout)
        #expect(throws: GGUFWriterError.self) { try writer.append(Matrix(rows: 1, columns: 64), threads: threads) }
        #expect(throws: GGUFWriterError.self) { try writer.append(Matrix(rows: 5, columns: 32), threads: threads) }
        try writer.append(Matrix(rows: 2, columns: 32), threads: threads)
        var bad = Matrix(rows: 2, columns: 32)
        bad[1, 3] = .nan
        // Counted from the first weight of the tensor, not of the rows at hand.
        #expect(throws: GGUFWriterError.weights(tensor: "t", .notFinite(index: 3 * 32 + 3))) {
            try writer.append(bad, threads: threads)
        }
        try writer.append(Matrix(rows: 2, columns: 32), threads: threads)
        try writer.append(Matrix(rows: 1, columns: 1), threads: threads)
        #expect(throws: GGUFWriterError.self) { try writer.append(Matrix(rows: 1, columns: 1), threads: threads) }
        try writer.finish()
    }

    @Test("tensors that no file can hold")
    func wrongTensors() {
        let wrong: [[GGUFLayout.Tensor]] = [
            [.init(name: "", type: .f32, shape: [1])],
            [.init(name: String(repeating: "n", count: 64), type: .f32, shape: [1])],
            [.init(name: "t", type: .f32, shape: [])], [.init(name: "t", type: .f32, shape: [1, 1, 1, 1, 1])],
            [.init(name: "t", type: .f32, shape: [3, 0])], [.init(name: "t", type: .q4_K, shape: [2, 128])],
            [.init(name: "t", type: .f32, shape: [1 << 40, 1 << 40])], [.init(name: "t", type: .f32, shape: [1 << 60])],
            [.init(name: "t", type: .f32, shape: [1]), .init(name: "t", type: .f32, shape: [1])],
        ]
        for tensors in wrong {
            #expect(throws: GGUFWriterError.self, "\(tensors)") { try GGUFLayout(metadata: [], tensors: tensors) }
        }
    }

    @Test("a folder that is not there is an error")
    func absentFolder() throws {
        #expect(throws: GGUFWriterError.self) {
            _ = try GGUFWriter(path: folder.path + "/absent/model.gguf", layout: layout([]))
        }
    }
}
