import Files
import Glibc
import Tensors

/// Writes the files of a plan: all of them whole and under their names, or none.
struct QuantizeRun {
    let text: ConversionPlan
    let vision: ConversionPlan?
    let targets: QuantizeTargets
    let threads: ThreadPool

    /// - Returns: seconds that it took.
    func write() throws -> Double {
        try checkRoom()
        Interruption.watch()
        let work = text.workByteCount + (vision?.workByteCount ?? 0)
        let progress = WorkProgress(targets.text, total: work)
        if let vision {
            var file = try PendingFile(target: targets.vision)
            try write(vision, to: file.temporary, progress)
            try writeText(progress) { () throws(FileOperationError) in try file.publish() }
        } else {
            try writeText(progress) {}
        }
        return progress.seconds
    }

    /// - Parameter before: what is to be done when the text file is whole and only lacks its name.
    private func writeText(
        _ progress: WorkProgress, before: () throws(FileOperationError) -> Void
    ) throws {
        var file = try PendingFile(target: targets.text)
        try write(text, to: file.temporary, progress)
        try before()
        try file.publish()
    }

    private func write(_ plan: ConversionPlan, to path: String, _ progress: WorkProgress) throws {
        var writer = try GGUFWriter(path: path, layout: plan.layout)
        for tensor in plan.tensors {
            try tensor.write(to: &writer, threads: threads) { bytes in
                try Interruption.check()
                progress.advance(by: bytes)
            }
        }
        try writer.finish()
        // What was written is read as a model would be.
        _ = try GGUFFile(path: path)
    }

    private func checkRoom() throws {
        let needed = text.layout.byteCount + (vision?.layout.byteCount ?? 0)
        let folder = Files.folder(of: targets.text)
        guard let free = freeBytes(folder), free < needed else { return }
        throw FileFailure(
            message: "\(folder): \(ByteCount.text(needed)) are needed, but only \(ByteCount.text(free)) are free; "
                + "free space or choose another disk", code: .tryAgain)
    }
}

/// Where the files of a quantised model go.
struct QuantizeTargets {
    let text: String
    let vision: String

    /// - Parameter output: a name that ends in ".gguf", of the text file; or a folder, which becomes a model by itself.
    /// - Throws: `FileFailure` for a folder with weights in it: it would hold two models, and none could be chosen.
    init(output: String, mix: WeightMix) throws {
        let output = Self.absolute(output)
        if output.hasSuffix(".gguf") {
            text = output
            let name = output.split(separator: "/").last ?? ""
            vision = Files.folder(of: output) + "/mmproj-" + name
        } else {
            if let weights = try Self.weights(in: output) {
                throw FileFailure(
                    message: "\(output): there is a model in it already (\(weights)); choose another folder, "
                        + "or name the .gguf file to write", code: .cannotWrite)
            }
            text = "\(output)/model-\(mix.rawValue).gguf"
            vision = "\(output)/mmproj-f16.gguf"
        }
    }

    /// The first file with weights in a folder.
    private static func weights(in folder: String) throws -> String? {
        guard try Files.isFolder(folder) else { return nil }
        return try Files.names(in: folder).sorted().first { $0.hasSuffix(".gguf") || $0.hasSuffix(".safetensors") }
    }

    private static func absolute(_ path: String) -> String {
        var path = Substring(path)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if path.hasPrefix("/") { return String(path) }
        guard let working = getcwd(nil, 0) else { return String(path) }
        defer { free(working) }
        return String(cString: working) + "/" + path
    }
}
