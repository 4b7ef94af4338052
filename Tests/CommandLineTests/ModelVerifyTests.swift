import Foundation
import JSONSchema
import TestSupport
import Testing

@Suite("gleaner model verify")
struct ModelVerifyTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["text-q8_0.gguf", "mmproj-f16.gguf"] {
            try folder.write(name, Repository.bytes(of: Repository.reference("gguf/" + name)))
        }
    }

    private func verify(_ arguments: String...) async throws -> GleanerCommand {
        try await GleanerCommand.run(["model", "verify"] + arguments)
    }

    /// What sha256sum(1) of coreutils says about the files.
    private func sums(_ names: String...) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = names
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private func change(_ name: String, _ change: (inout [UInt8]) -> Void) throws {
        var bytes = try Repository.bytes(of: folder.path + "/" + name)
        change(&bytes)
        try folder.write(name, bytes)
    }

    @Test("sums that agree, and files without a sum")
    func good() async throws {
        try folder.write("SHA256SUMS", Array(sums("text-q8_0.gguf").utf8))
        let command = try await verify(folder.path)
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.outputLines == ["text-q8_0.gguf: OK", "mmproj-f16.gguf: OK (no sum to compare)"])
        #expect(command.errors.isEmpty)
        let value = try JSONValue(
            parsing: Array(try await verify(folder.path + "/text-q8_0.gguf", "--json").output.utf8))
        #expect(value["file"]?.stringValue == "text-q8_0.gguf" && value["outcome"]?.stringValue == "ok")
        #expect(value["sum_compared"] == true && value["reason"]?.isNull == true)
    }

    @Test("a changed file, a missing one and a damaged one: each is told, and the first gives the code")
    func bad() async throws {
        let list = try sums("text-q8_0.gguf", "mmproj-f16.gguf").uppercased().replacingOccurrences(
            of: "TEXT-Q8_0.GGUF", with: "text-q8_0.gguf"
        )
        .replacingOccurrences(of: "MMPROJ-F16.GGUF", with: "mmproj-f16.gguf")
        try folder.write(
            "sums", Array("# a comment\n\n\(list)\(String(repeating: "0", count: 64)) *absent.gguf\r\n".utf8))
        #expect(try await verify(folder.path, "--sums", folder.path + "/sums").code == 66)
        try change("text-q8_0.gguf") { $0[$0.count - 100] ^= 1 }
        let command = try await verify(folder.path, "--sums", folder.path + "/sums")
        #expect(command.code == 65)
        #expect(command.outputLines == ["text-q8_0.gguf: FAILED", "mmproj-f16.gguf: OK", "absent.gguf: missing"])
        #expect(command.errorLines.count == 2)
        #expect(command.errors.contains("SHA-256") && command.errors.contains("absent.gguf"))
    }

    @Test("damage that needs no sums: a file cut off, a scale that is no number")
    func damaged() async throws {
        try change("text-q8_0.gguf") { $0.removeLast(200) }
        // The scale of the last block of the last tensor, which is F32.
        try change("mmproj-f16.gguf") { $0.replaceSubrange($0.count - 4..<$0.count, with: [0, 0, 0x80, 0x7F]) }
        let command = try await verify(folder.path)
        #expect(command.code == 65)
        #expect(command.outputLines.filter { $0.hasSuffix("FAILED") }.count == 2)
        #expect(command.errors.contains("incomplete") && command.errors.contains("NaN"))
        let model = try ReferenceModelFolder(data: { $0.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F]) })
        let stored = try await verify(model.path)
        #expect(stored.code == 65)
        #expect(stored.errors.contains("index 0"))
    }

    @Test("lists that are none, and names that lead out of the folder")
    func badLists() async throws {
        let sum = String(repeating: "a", count: 64)
        for line in [
            "hello", "\(sum) x", "\(sum)  ", "\(sum)  ../x", "\(sum)  /etc/passwd", "\(sum)x  y",
            "\(sum.dropLast())g  y",
        ] {
            try folder.write("SHA256SUMS", Array("\(line)\n".utf8))
            let command = try await verify(folder.path)
            #expect(command.code == 65, "\(line)")
            #expect(command.errors.contains("line 1"), "\(line)")
        }
        try folder.write("SHA256SUMS", [])
        #expect(try await verify(folder.path).code == 81)
        #expect(try await verify(folder.path, "--sums", folder.path + "/absent").code == 66)
        #expect(try await verify(folder.path + "/absent").code == 69)
        try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: false)
        #expect(try await verify(folder.path + "/empty").code == 69)
    }

    @Test("files that are good by themselves, but no model together")
    func unusable() async throws {
        func verify(_ change: (TemporaryFolder) throws -> Void) async throws -> GleanerCommand {
            let folder = try TemporaryFolder()
            let names =
                ["config.json", "model.safetensors.index.json"]
                + ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
            for name in names {
                try folder.write(name, Repository.bytes(of: Repository.reference("model/hf-bf16/" + name)))
            }
            let tokenizer = Repository.reference("tokenizer/tekken_v11_tiny.json")
            try folder.write("tekken.json", Repository.bytes(of: tokenizer))
            try change(folder)
            return try await self.verify(folder.path)
        }
        func remove(_ names: String...) -> (TemporaryFolder) throws -> Void {
            { folder in for name in names { try FileManager.default.removeItem(atPath: folder.path + "/" + name) } }
        }
        let shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
        let whole = try await verify { _ in }
        #expect(whole.code == 0 && whole.outputLines.count == 5, "\(whole.errors)")
        let shard = try await verify(remove(shards[1]))
        #expect(shard.code == 66 && shard.errors.contains(shards[1]))
        #expect(shard.outputLines.last?.hasSuffix(": incomplete") == true)
        let settings = try await verify(remove(shards[0], shards[1], "tekken.json", "model.safetensors.index.json"))
        #expect(settings.code == 66)
        let tokenizer = try await verify(remove("tekken.json"))
        #expect(tokenizer.code == 66 && tokenizer.errors.contains("tekken.json"))
        for name in ["config.json", "tekken.json", "model.safetensors.index.json"] {
            let broken = try await verify { try $0.write(name, Array("{\"".utf8)) }
            #expect(broken.code == 65, "\(name)")
            #expect(broken.errorLines.count == 1 && broken.outputLines.last?.hasSuffix(": FAILED") == true, "\(name)")
        }
        // A vision encoder is checked without the text model.
        #expect(try await self.verify(self.folder.path + "/mmproj-f16.gguf").code == 0)
    }
}
