import Mistral
import Tensors

private let file = ScratchFile(folder: ScratchFile.folder, name: "a-00001-of-00002.gguf")
/// Above these, a tensor is read in part.
private let mostWeights = 1 << 16
/// For the tensors of headers that were cut off from their data.
private let room = 1 << 22

/// A libFuzzer target: any bytes are a GGUF file whose values and tensors can be read, or an error with its path.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGGUF(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    let descriptor = file.freeDescriptor()
    file.write(bytes)
    if !readAll() {
        file.write(bytes, room: room)
        _ = readAll()
    }
    precondition(file.freeDescriptor() == descriptor, "a file was left open")
    return 0
}

private func readAll() -> Bool {
    do {
        let gguf = try GGUFFile(path: file.path)
        readMetadata(gguf.metadata)
        for tensor in gguf.tensors { try read(tensor) }
        readModel()
        return true
    } catch {
        precondition("\(error)".contains(file.path.dropLast("1-of-00002.gguf".count)), "\(error)")
        return false
    }
}

private func readMetadata(_ metadata: GGUFMetadata) {
    for key in metadata.keys {
        precondition(metadata.contains(key) && metadata.typeName(key) != nil)
        _ = try? metadata.integer(key)
        _ = try? metadata.float(key)
        _ = try? metadata.bool(key)
        _ = try? metadata.string(key)
        _ = try? metadata.integers(key)
        _ = try? metadata.floats(key)
        _ = try? metadata.bools(key)
        _ = try? metadata.strings(key).map(\.utf8.count)
        _ = try? GGUFKeyValue.copy(of: key, in: metadata)
    }
}

private func read(_ tensor: GGUFTensor) throws {
    if tensor.rows * tensor.columns <= mostWeights {
        precondition(tensor.floats().count == tensor.shape.reduce(1, *))
        _ = tensor.firstNonFiniteScale()
    }
    if tensor.columns <= mostWeights { precondition(tensor.rows(0..<1).columns == tensor.columns) }
    guard !tensor.shape.isEmpty else { return }
    let weights = try tensor.weights(shape: tensor.shape)
    if weights.columns <= mostWeights { precondition(weights.row(weights.rows - 1).count == weights.columns) }
}

/// The model and the tokenizer in the file, or the vision encoder of the model in the working folder.
private func readModel() {
    if let files = try? ModelFiles(path: file.path) {
        if let facts = try? ModelFacts(files: files) { check(facts.configuration) }
        if let tokenizer = try? TekkenTokenizer(files: files) { check(tokenizer) }
    } else if let files = try? ModelFiles(path: "model.gguf", mmproj: file.path) {
        if let configuration = try? MistralConfiguration(files: files) { check(configuration) }
    }
}
