import Glibc
import PageImages

/// One run of poppler's own program for the first page of a PDF, as a service without workers would use it.
struct Pdftoppm {
    private let arguments: [String]

    struct Failure: Error {
        let status: Int32
    }

    init(path: String, size: PixelSize) {
        arguments = [
            "pdftoppm", "-f", "1", "-l", "1", "-cropbox", "-scale-to-x", "\(size.width)", "-scale-to-y",
            "\(size.height)", path,
        ]
    }

    /// Waits until it has written the page to /dev/null.
    func run() throws(Failure) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        let words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        let error = posix_spawnp(&process, "pdftoppm", &actions, nil, words, environ)
        guard error == 0 else { throw Failure(status: error) }
        var status: Int32 = 0
        guard waitpid(process, &status, 0) == process, status == 0 else { throw Failure(status: status) }
    }
}
