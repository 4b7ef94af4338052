import Glibc

/// Why a worker gave no reply.
enum WorkerFailure: Error, Equatable {
    /// It could not be started, for want of processes, memory or the program.
    case notStarted(String)
    /// The system cannot confine it, and that is required.
    case notConfined
    /// It was gone before it was asked.
    case gone
    case timedOut
    /// It made a system call that a parser has no use for.
    case forbidden
    case outOfMemory
    /// Someone else ended it, such as the system for want of memory.
    case ended
    /// It died; what is known of how.
    case crashed(String)
    /// Its reply made no sense.
    case confused

    /// - Parameters:
    ///   - status: as waitpid(2) gives it.
    ///   - complaints: the last it wrote to standard error.
    init(status: Int32, complaints: String) {
        let signal = status & 0x7F
        // Libraries that run out of memory say so and end the process, each in its own way.
        let isOutOfMemory = ["out of memory", "bad_alloc", "failed to allocate", "cannot allocate"].contains {
            complaints.lowercased().contains($0)
        }
        if signal == SIGSYS {
            self = .forbidden
        } else if signal == SIGXCPU {
            self = .timedOut
        } else if isOutOfMemory {
            self = .outOfMemory
        } else if [SIGKILL, SIGTERM, SIGINT, SIGHUP].contains(signal) {
            self = .ended
        } else {
            let how = signal == 0 ? "exit code \(status >> 8 & 0xFF)" : Self.name(ofSignal: signal)
            let last = complaints.split(separator: "\n").last.map { ": \($0.prefix(200))" } ?? ""
            self = .crashed(how + last)
        }
    }

    /// Whether the worker ended over the document, at once.
    var isDeath: Bool {
        switch self {
        case .forbidden, .outOfMemory, .crashed, .confused: true
        case .notStarted, .notConfined, .gone, .timedOut, .ended: false
        }
    }

    private static func name(ofSignal signal: Int32) -> String {
        switch signal {
        case SIGSEGV: "segmentation fault"
        case SIGBUS: "bus error"
        case SIGABRT: "abort"
        case SIGFPE: "arithmetic error"
        case SIGILL, SIGTRAP: "trap"
        default: "signal \(signal)"
        }
    }
}
