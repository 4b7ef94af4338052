import ArgumentParser
import Glibc

/// Records, and nothing else.
enum StandardOutput {
    /// Writes all bytes.
    ///
    /// - Throws: exit code 74 (EX_IOERR) when the reader has gone or the disk is full.
    static func write(_ bytes: [UInt8]) throws {
        guard writeAll(bytes, to: STDOUT_FILENO) else {
            StandardError.write("gleaner: standard output cannot be written: \(String(cString: strerror(errno)))\n")
            throw ExitCode(EX_IOERR)
        }
    }
}

/// Progress and failures.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    static func write(_ text: String) {
        _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}

/// Writes all of `bytes`, over interruptions and partial writes; false with `errno` set when it cannot.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}
