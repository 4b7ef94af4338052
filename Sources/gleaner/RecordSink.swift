import ArgumentParser
import Foundation

/// A file that the executable itself reads or writes failed; `message` names it and the fix.
struct FileFailure: Error {
    let message: String
    let code: ExitCode
}

/// Where records go: standard output as they come, or a file that appears whole at the end.
struct RecordSink {
    private let output: String?
    private var bytes: [UInt8] = []

    init(output: String?) {
        self.output = output
    }

    mutating func write(_ record: [UInt8]) throws {
        guard output == nil else {
            bytes += record
            return
        }
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(record))
        } catch {
            throw FileFailure(
                message: "standard output cannot be written: \(error.localizedDescription); check its reader and disk",
                code: .outputLost)
        }
    }

    /// Puts the records under their name in one step: a temporary file beside it, synced and renamed. Without any record
    /// nothing is written.
    func finish() throws {
        guard let output, !bytes.isEmpty else { return }
        let temporary = output + ".\(getpid()).part"
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: temporary), options: .withoutOverwriting)
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: temporary))
            try file.synchronize()
            try file.close()
            guard rename(temporary, output) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            unlink(temporary)
            throw FileFailure(
                message: "\(output): cannot be written; check that its folder exists and may be written, or choose another --output",
                code: .cannotWrite)
        }
    }
}
