import Mistral
import Tensors

private let folder = ScratchFile.folder
private let file = ScratchFile(folder: folder + "/mistral", name: "consolidated.safetensors")
private let index = ScratchFile(folder: folder + "/shards", name: "model.safetensors.index.json")
/// Copies of files in the working folder, which make models of those that are fuzzed.
private let others = [
    copy("params.json", "mistral/params.json"), copy("config.json", "shards/config.json"),
    copy("shard.safetensors", "shards/model-00001-of-00001.safetensors"),
]
/// Above these, a tensor is not read.
private let mostWeights = 1 << 16
/// For the tensors of headers that were cut off from their data.
private let room = 1 << 21

/// A libFuzzer target: any bytes are a safetensors file whose tensors can be read, or an error with the file's name.
///
/// Bytes that begin with a brace are an index of shards.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSafetensors(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    // All files are opened at the first input.
    precondition(others.count == 3 && !index.path.isEmpty)
    let descriptor = file.freeDescriptor()
    if bytes.first == UInt8(ascii: "{") {
        index.write(bytes)
        readShards()
    } else {
        file.write(bytes)
        if !readAll() {
            file.write(bytes, room: room)
            _ = readAll()
        }
    }
    precondition(file.freeDescriptor() == descriptor, "a file was left open")
    return 0
}

private func copy(_ source: String, _ target: String) -> ScratchFile {
    let parts = target.split(separator: "/").map(String.init)
    let file = ScratchFile(folder: folder + "/" + parts[0], name: parts[1])
    guard let contents = try? MemoryMappedFile.contents(of: source, limit: 1 << 20) else {
        preconditionFailure("there is no \(source)")
    }
    contents.withUnsafeBytes { file.write($0) }
    return file
}

private func readAll() -> Bool {
    do {
        let safetensors = try SafetensorsFile(path: file.path)
        for name in safetensors.names { read(try safetensors.tensor(name)) }
        readModel(folder + "/mistral")
        return true
    } catch {
        precondition("\(error)".contains(file.path), "\(error)")
        return false
    }
}

private func read(_ tensor: StoredTensor) {
    // Shapes of types that cannot be read are not checked against the file.
    let count = tensor.shape.reduce(1) { product, extent in
        let (next, overflow) = product.multipliedReportingOverflow(by: extent)
        return overflow ? Int.max : next
    }
    if let weights = try? tensor.weights(shape: tensor.shape), weights.columns <= mostWeights, weights.rows > 0 {
        precondition(weights.row(weights.rows - 1).count == weights.columns)
    }
    guard count <= mostWeights else { return }
    if let floats = try? tensor.floats() { precondition(floats.count == count) }
    if let integers = try? tensor.integers() { precondition(integers.count == count) }
    try? tensor.checkNumbers()
}

/// The file as the weights of a model.
private func readModel(_ path: String) {
    guard let files = try? ModelFiles(path: path) else { return }
    if let facts = try? ModelFacts(files: files) {
        precondition(facts.parameters >= 0)
        _ = try? ModelTensor.all(of: files, facts.configuration)
    }
}

private func readShards() {
    do {
        let shards = try SafetensorsFolder(path: folder + "/shards")
        for name in shards.names { read(try shards.tensor(name)) }
        readModel(folder + "/shards")
    } catch { precondition("\(error)".contains(folder), "\(error)") }
}
