import Glibc

/// The bytes of a configuration.
enum ConfigurationFile {
    /// Far more than any configuration has.
    private static let mostBytes = 4 << 20

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// - Throws: one problem when the file cannot be read or is no configuration by its size.
    static func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, errno) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= mostBytes else {
                throw problem(path, "the file has more than \(mostBytes >> 20) MiB", "name a YAML file")
            }
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> ConfigurationError {
        let remedy =
            switch code {
            case ENOENT, ENOTDIR: "write one, or name another with --config"
            case EACCES, EPERM: "let the user that runs gleaner read it"
            default: "check the path"
            }
        return problem(path, "the configuration cannot be read: \(String(cString: strerror(code)))", remedy)
    }

    private static func problem(_ path: String, _ reason: String, _ remedy: String) -> ConfigurationError {
        ConfigurationError([
            .init(origin: .file(path, line: 0, column: 0), key: "", reason: reason, remedy: remedy)
        ])
    }
}
