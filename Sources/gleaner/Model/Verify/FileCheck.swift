import Files
import Glibc
import JSONSchema
import Tensors

/// What was found out about one file of a model, or about the model as a whole.
struct FileCheck {
    enum Outcome: Equatable {
        case good
        case missing
        /// The sum is another than the one listed.
        case wrongSum(String)
        /// A header or a number is wrong.
        case damaged(String)
        case unreadable(String)
        /// A part of the model is not there.
        case incomplete(String)
    }

    /// As listed, or relative to the model's folder.
    let name: String
    var outcome: Outcome
    /// Whether a sum was compared; without one, only what the file itself says was checked.
    let hasSum: Bool

    var word: String {
        switch outcome {
        case .good: "OK"
        case .missing: "missing"
        case .incomplete: "incomplete"
        case .wrongSum, .damaged, .unreadable: "FAILED"
        }
    }

    var reason: String? {
        switch outcome {
        case .good: nil
        case .missing: "there is no such file; download it"
        case .wrongSum(let sum): "its SHA-256 is \(sum); download it again"
        case .damaged(let reason), .unreadable(let reason), .incomplete(let reason): reason
        }
    }

    var value: JSONValue {
        [
            "file": .string(name), "outcome": .string(word.lowercased()), "sum_compared": .bool(hasSum),
            "reason": reason.map { .string($0) } ?? .null,
        ]
    }
}

extension FileCheck {
    /// Checks one file: its sum, if there is one, and then what it holds.
    ///
    /// - Parameter progress: told the bytes that were read.
    init(
        _ name: String, at path: String, sum: String?, progress: (Int) throws -> Void
    ) throws {
        self.name = name
        hasSum = sum != nil
        outcome = .good
        do {
            guard access(path, F_OK) == 0 else {
                outcome = .missing
                return
            }
            if let sum {
                let found = try Files.sha256(ofFile: path, progress: progress)
                guard found == sum else {
                    outcome = .wrongSum(found)
                    return
                }
            }
            try Self.checkContent(path, progress: progress)
        } catch let error as FileOperationError {
            outcome = .unreadable(error.description)
        } catch let error as FileFailure where error.code.rawValue > 128 {
            throw error
        } catch {
            outcome = .damaged(FileFailure(model: error)?.message ?? "\(error)")
        }
    }

    /// Reads headers, and every scale and number that is not quantised: none may be infinite or NaN.
    private static func checkContent(_ path: String, progress: (Int) throws -> Void) throws {
        if path.hasSuffix(".safetensors") {
            let file = try SafetensorsFile(path: path)
            let names = file.names
            for name in names {
                try file.tensor(name).checkNumbers()
                try progress(file.byteCount / names.count)
            }
        } else if path.hasSuffix(".gguf") {
            let file = try GGUFFile(path: path)
            for tensor in file.tensors where tensor.path == path {
                try tensor.checkScales()
                try progress(tensor.byteCount)
            }
        }
    }

    /// Bytes that checking will report.
    static func work(_ path: String, hasSum: Bool) -> Int {
        let size = (try? Files.identity(of: path)).flatMap { $0?.size }.map(Int.init) ?? 0
        let isChecked = path.hasSuffix(".safetensors") || path.hasSuffix(".gguf")
        return size * ((hasSum ? 1 : 0) + (isChecked ? 1 : 0))
    }
}
