import Foundation
import TestSupport

/// `drop-folder-test-daemon` as a process of its own, which can be killed like any other.
final class TestDaemonProcess {
    let number: pid_t
    private var status: Int32?

    /// The executable beside this test bundle.
    private static let executable =
        ((try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "")
        .split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/drop-folder-test-daemon"

    /// - Parameters:
    ///   - output: a file that gets what it says, behind what others have said.
    ///   - added: beside the environment of the tests.
    init(_ arguments: [String], output: String, environment added: [String: String] = [:]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        // Threads of a pool hear no signals, and what they start would not either.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let environment = ProcessInfo.processInfo.environment.merging(added) { $1 }.map { "\($0.key)=\($0.value)" }
        var words = ([Self.executable] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var number: pid_t = 0
        let code = posix_spawn(&number, Self.executable, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        self.number = number
    }

    deinit {
        if isRunning { kill() }
    }

    /// nil while it runs; the exit code, or 128 and the number of the signal that ended it.
    var exitCode: Int32? {
        if status == nil {
            var found: Int32 = 0
            if waitpid(number, &found, WNOHANG) == number { status = found }
        }
        return status.map { $0 & 0x7F == 0 ? $0 >> 8 & 0xFF : 128 + ($0 & 0x7F) }
    }

    var isRunning: Bool { exitCode == nil }

    /// `kill -9`, and waits until it is gone.
    func kill() {
        guard isRunning else { return }
        Foundation.kill(number, SIGKILL)
        var found: Int32 = 0
        if waitpid(number, &found, 0) == number { status = found }
    }

    func terminate() { Foundation.kill(number, SIGTERM) }
}
