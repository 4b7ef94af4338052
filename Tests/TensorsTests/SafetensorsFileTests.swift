import Tensors
import TestSupport
import Testing

@Suite("Safetensors files")
struct SafetensorsFileTests {
    @Test("F32, BF16, F16 and integers are read, at any address")
    func types() throws {
        let folder = try TemporaryFolder()
        // The header has an odd length, so that nothing is aligned.
        var header = #"{"f":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"#
        header += #""b":{"dtype":"BF16","shape":[2,1],"data_offsets":[8,12]},"#
        header += #""h":{"dtype":"F16","shape":[6],"data_offsets":[12,24]},"#
        header += #""i":{"dtype":"I32","shape":[1],"data_offsets":[24,28]},"#
        header += #""l":{"dtype":"I64","shape":[1],"data_offsets":[28,36]},"__metadata__":{"a":"\u0041"}}"#
        if header.utf8.count % 2 == 0 { header += " " }
        var data: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0]  // 1, -2.5
        data += [0x80, 0x3F, 0x20, 0xC0]  // 1, -2.5
        data += [0x00, 0x3C, 0x01, 0x00, 0xFF, 0x7B, 0x00, 0x7C, 0x00, 0x80, 0x66, 0xAE]
        data += [0xFE, 0xFF, 0xFF, 0xFF, 5, 0, 0, 0, 1, 0, 0, 0]
        let file = try SafetensorsFile(path: folder.write("a.safetensors", safetensors(header, data: data)))
        #expect(file.names == ["b", "f", "h", "i", "l"])
        #expect(try file.tensor("f").floats() == [1, -2.5])
        #expect(try file.tensor("b").floats() == [1, -2.5])
        #expect(try file.tensor("h").floats() == [1, 0x1p-24, 65504, .infinity, -0.0, -0.0999755859375])
        #expect(try file.tensor("i").integers() == [-2])
        #expect(try file.tensor("l").integers() == [0x1_0000_0005])
        let weights = try file.tensor("b").weights(shape: [2, 1])
        #expect(weights.type == .bf16 && weights.row(0) == [1] && weights.row(1) == [-2.5])
        #expect(weights.rows(at: [1, 0, 1]).values == [-2.5, 1, -2.5])
    }

    @Test("wrong shapes and types are named")
    func wrongUse() throws {
        let folder = try TemporaryFolder()
        let header =
            #"{"x":{"dtype":"I32","shape":[2],"data_offsets":[0,8]},"#
            + #""y":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]}}"#
        let path = try folder.write("a.safetensors", safetensors(header, data: [UInt8](repeating: 0, count: 16)))
        let file = try SafetensorsFile(path: path)
        #expect(throws: SafetensorsError.missing(path: path, tensor: "z")) { try file.tensor("z") }
        #expect(throws: SafetensorsError.shape(path: path, tensor: "y", expected: [1, 2], found: [2, 1])) {
            try file.tensor("y").weights(shape: [1, 2])
        }
        #expect(throws: SafetensorsError.type(path: path, tensor: "x", found: "I32", wanted: "F32, BF16 or F16")) {
            try file.tensor("x").floats()
        }
        #expect(throws: SafetensorsError.type(path: path, tensor: "y", found: "F32", wanted: "U8, I32 or I64")) {
            try file.tensor("y").integers()
        }
    }

    @Test(
        "damaged headers are refused",
        arguments: [
            [UInt8](), [1, 2, 3], [9, 0, 0, 0, 0, 0, 0, 0], [8, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7B, 0x7D],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x7B, 0x7D], safetensors("[]", data: []),
            safetensors("{", data: []), safetensors(#"{"a""#, data: []), safetensors(#"{"a":{}"#, data: []),
            safetensors("{}x", data: []), safetensors(#"{"\ud800":1}"#, data: []),
            safetensors(String(repeating: "[", count: 100_000), data: []), safetensors("", data: [1]),
            safetensors(#"{"a":nonsense}"#, data: []), [2, 0, 0, 0, 0, 0, 0, 0, 0x22, 0xFF],
        ])
    func damagedHeader(bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.safetensors", bytes)
        let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
        switch error {
        case .header(let found, _): #expect(found == path)
        case .file(let reason): #expect(reason.path == path && bytes.isEmpty)
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test(
        "entries that contradict the file are refused",
        arguments: [
            #"{"dtype":"F32","shape":[2],"data_offsets":[0,4]}"#,
            #"{"dtype":"F32","shape":[5],"data_offsets":[0,20]}"#,
            #"{"dtype":"F32","shape":[1],"data_offsets":[14,18]}"#,
            #"{"dtype":"F32","shape":[1],"data_offsets":[8,4]}"#,
            #"{"dtype":"F32","shape":[-1],"data_offsets":[4,0]}"#,
            #"{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}"#,
            #"{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775804,9223372036854775807]}"#,
            #"{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}"#,
            #"{"dtype":"F32","shape":[0,4611686018427387904],"data_offsets":[0,0]}"#,
            #"{"dtype":"F32","shape":[0,1099511627776,1099511627776],"data_offsets":[0,0]}"#,
            #"{"dtype":"F8_E4M3","shape":[1,4611686018427387904,4],"data_offsets":[0,16]}"#,
            #"{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}"#,
            #"{"dtype":"F32","shape":1,"data_offsets":[0,4]}"#,
            #"{"dtype":"F32","shape":[1],"data_offsets":[0]}"#,
            #"{"dtype":4,"shape":[1],"data_offsets":[0,4]}"#,
            #"{"shape":[1],"data_offsets":[0,4]}"#, #"{"dtype":"F32","data_offsets":[0,4]}"#,
            #"{"dtype":"F32","shape":[1]}"#, "3",
        ])
    func contradictoryEntry(entry: String) throws {
        let folder = try TemporaryFolder()
        let data = [UInt8](repeating: 0, count: 16)
        let path = try folder.write("a.safetensors", safetensors("{\"bad\":\(entry)}", data: data))
        let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
        guard case .entry(path, "bad", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a header of very many values is refused before it takes much memory")
    func manyValues() throws {
        let folder = try TemporaryFolder()
        let zeros = String(repeating: "0,", count: 1 << 22) + "0"
        let path = try folder.write("a.safetensors", safetensors("{\"__metadata__\":[\(zeros)]}", data: []))
        let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
        guard case .header(path, let reason) = error, reason.contains("more than 4194304 values") else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("tensors without numbers can be opened, and have any number of rows")
    func empty() throws {
        let folder = try TemporaryFolder()
        let header = #"{"x":{"dtype":"F32","shape":[1152921504606846976,0],"data_offsets":[0,0]}}"#
        let tensor = try SafetensorsFile(path: folder.write("a.safetensors", safetensors(header, data: []))).tensor("x")
        #expect(try tensor.weights(shape: tensor.shape).byteCount == 0 && tensor.floats().isEmpty)
        try tensor.checkNumbers()
    }

    @Test("overlapping and repeated entries are refused")
    func overlap() throws {
        let folder = try TemporaryFolder()
        let entry = #"{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#
        let other = #"{"dtype":"F32","shape":[2],"data_offsets":[4,12]}"#
        let data = [UInt8](repeating: 0, count: 12)
        for header in ["{\"a\":\(entry),\"b\":\(other)}", "{\"b\":\(entry),\"b\":\(entry)}"] {
            let path = try folder.write("a.safetensors", safetensors(header, data: data))
            let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
            guard case .entry(path, "b", _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("shards must exist, hold what the index says and stay in the folder")
    func shards() throws {
        let folder = try TemporaryFolder()
        let entry = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
        let shard = try folder.write("s.safetensors", safetensors(entry, data: [0, 0, 0x80, 0x3F]))
        let index = "model.safetensors.index.json"
        func open(_ text: String) throws -> SafetensorsFolder {
            _ = try folder.write(index, Array(text.utf8))
            return try SafetensorsFolder(path: folder.path)
        }
        let good = try open(#"{"metadata":{"total_size":4},"weight_map":{"a":"s.safetensors"}}"#)
        #expect(good.names == ["a"])
        #expect(try good.tensor("a").floats() == [1])
        #expect(throws: SafetensorsError.missing(path: folder.path, tensor: "b")) { try good.tensor("b") }
        #expect(throws: SafetensorsError.missing(path: shard, tensor: "b")) {
            try open(#"{"weight_map":{"b":"s.safetensors"}}"#)
        }
        for text in [#"{"weight_map":{"a":"../s.safetensors"}}"#, #"{"weight_map":{"a":1}}"#, "{}", "nonsense"] {
            let error = #expect(throws: SafetensorsError.self) { try open(text) }
            guard case .index = error else {
                Issue.record("\(text): \(String(describing: error))")
                continue
            }
        }
        let absent = #expect(throws: SafetensorsError.self) { try open(#"{"weight_map":{"a":"t.safetensors"}}"#) }
        guard case .file(let reason) = absent else {
            Issue.record("\(String(describing: absent))")
            return
        }
        #expect(reason.path == folder.path + "/t.safetensors")
    }
}
