import ArgumentParser
import Files
import Glibc
import JSONSchema
import PageImages

/// `gleaner model verify`: whether a model is what was published.
struct ModelVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare a model with its checksums, and check its headers and numbers.",
        discussion: """
            Every file that SHA256SUMS lists is hashed. Of weight files, listed or not, the header is checked, and that no number \
            and no scale is infinite or NaN. At last the files of a folder or a GGUF file must make a model together: settings, \
            weights and tokenizer. All bytes are read: about a minute for 15 GB from a fast disk. The exit code is 0 if \
            all is well, 66 if a part is missing, 65 if one is wrong.

            EXAMPLES
              gleaner model verify mistral-small
              gleaner model verify mistral-small-q4_k_m.gguf --sums SHA256SUMS
              cd ~/.local/share/gleaner/models/mistral-small && sha256sum *.gguf > SHA256SUMS
            """)

    @Argument(help: "A model's folder or file, or the name of an installed model.", completion: .file())
    var path: String

    @Option(
        help: ArgumentHelp("The list of sums (default: SHA256SUMS in the folder, if there is one).", valueName: "file"),
        completion: .file())
    var sums: String?

    @Flag(help: "Print one JSON object for each file.")
    var json = false

    func run() throws {
        try reportingModelFailures {
            let model = try ModelArgument.path(path)
            let items = try items(of: model)
            guard !items.isEmpty else {
                throw FileFailure(message: "\(model): there is no model; check the path", code: .modelNotFound)
            }
            Interruption.watch()
            let sink = try OutputSink(output: nil)
            let work = items.reduce(0) { $0 + FileCheck.work($1.path, hasSum: $1.sum != nil) }
            let progress = WorkProgress(model, total: work)
            var failures = FailureLog()
            var reasons: Set<String> = []
            for item in items {
                let check = try FileCheck(item.name, at: item.path, sum: item.sum) { bytes in
                    try Interruption.check()
                    progress.advance(by: bytes)
                }
                progress.clear()
                try write(check, to: sink)
                report(check, path: item.path, to: &failures)
                if let reason = check.reason { reasons.insert(reason) }
            }
            // What is wrong with a file is often why the whole cannot be used: it is said once.
            if let fault = try FileCheck.fault(ofModelAt: model), !reasons.contains(fault.reason ?? "") {
                try write(fault, to: sink)
                report(fault, path: model, to: &failures)
            }
            if let code = failures.exitCode { throw code }
        }
    }

    private func write(_ check: FileCheck, to sink: OutputSink) throws {
        try sink.write(json ? check.value.serialized() + Array("\n".utf8) : Array((line(check) + "\n").utf8))
    }

    private func report(_ check: FileCheck, path: String, to failures: inout FailureLog) {
        switch check.outcome {
        case .good: break
        case .missing: failures.report("\(path): \(check.reason ?? "")", .missingFile)
        case .incomplete(let reason): failures.report(reason, .missingFile)
        case .unreadable(let reason): failures.report(reason, .notReadable)
        case .wrongSum: failures.report("\(path): \(check.reason ?? "")", .damagedDocument)
        case .damaged(let reason): failures.report(reason, .damagedDocument)
        }
    }

    private func line(_ check: FileCheck) -> String {
        let style = TerminalStyle.standardOutput
        let word = check.outcome == .good ? style.green(check.word) : style.red(check.word)
        let note = check.outcome == .good && !check.hasSum ? " (no sum to compare)" : ""
        return "\(check.name.onOneLine): \(word)\(note)"
    }

    private struct Item {
        let name: String
        let path: String
        let sum: String?
    }

    /// The files that are listed, and those of the model that are not.
    private func items(of path: String) throws -> [Item] {
        let isFolder = try Files.isFolder(path)
        let folder = isFolder ? path : Files.folder(of: path)
        let model = try isFolder ? Self.modelFiles(in: path) : [path]
        let list = sums ?? "\(folder)/SHA256SUMS"
        guard try sums != nil || Files.identity(of: list) != nil else { return model.map { item($0, in: folder) } }
        let entries = try ChecksumList(InputFile.read(list), path: list).entries
        let listed = entries.map { Item(name: $0.name, path: "\(folder)/\($0.name)", sum: $0.sum) }
        // Of a list of many models, only the file that was asked for counts.
        if !isFolder {
            let name = path.split(separator: "/").last.map(String.init)
            guard let item = listed.first(where: { $0.name == name }) else {
                throw FileFailure(message: "\(list): it does not list \(name ?? path)", code: .missingFile)
            }
            return [item]
        }
        let known = Set(listed.map(\.path))
        return listed + model.filter { !known.contains($0) }.map { item($0, in: folder) }
    }

    /// What a model consists of, whole or not.
    private static func modelFiles(in folder: String) throws -> [String] {
        let settings = ["config.json", "params.json", "tekken.json", "model.safetensors.index.json"]
        let names = try Files.names(in: folder).filter { name in
            settings.contains(name) || name.hasSuffix(".safetensors") || name.hasSuffix(".gguf")
        }
        return names.sorted().map { "\(folder)/\($0)" }
    }

    private func item(_ path: String, in folder: String) -> Item {
        Item(name: path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path, path: path, sum: nil)
    }
}
