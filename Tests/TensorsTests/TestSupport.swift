import Glibc
import Testing

/// Random numbers between -1 and 1, the same in every run.
func randomNumbers(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) * 0x1p-23 - 1
    }
}

/// A directory that is removed with all it holds when its owner is gone.
final class TemporaryFolder {
    let path: String
    private var names: [String] = []

    init() throws {
        var template = Array((P_tmpdir + "/tensors-XXXXXX").utf8CString)
        let created = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        path = try #require(created)
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// Writes a file and returns its path.
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = try #require(fopen("\(path)/\(name)", "w"))
        names.append(name)
        let written = fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        #expect(written == bytes.count)
        return "\(path)/\(name)"
    }
}

/// A safetensors file of the given header and data.
func safetensors(_ header: String, data: [UInt8]) -> [UInt8] {
    let text = Array(header.utf8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text + data
}
