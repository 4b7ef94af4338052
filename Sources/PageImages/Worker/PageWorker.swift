import CSandbox
import Glibc

/// The process that parses documents: what `gleaner page-worker` runs.
///
/// It is started by a `PageReader` with a channel, an arena and a pipe for complaints as its only descriptors. It loads
/// the fonts, closes the sandbox around itself, and then answers one request after the other until the channel ends.
public enum PageWorker {
    /// The hidden subcommand that starts it.
    public static let argument = "page-worker"

    /// Whether this process was started as a worker; its first argument says so.
    public static var isAskedFor: Bool {
        CommandLine.arguments.count == 2 && CommandLine.arguments[1] == argument
    }

    /// Serves until the reader goes away, and returns the exit code.
    ///
    /// - Parameter atOpening: sees every document's bytes before they are parsed; tests misbehave there.
    public static func run(atOpening: @escaping (UnsafeRawBufferPointer) -> Void = { _ in }) -> Int32 {
        sandbox_clear_environment()
        guard isSocket(SANDBOX_CHANNEL) else {
            complain("gleaner: page-worker is started by gleaner itself; use gleaner extract or gleaner pages")
            return 64
        }
        let arena = SharedMemory(descriptor: SANDBOX_ARENA)
        var files: [String] = []
        do throws(PageFault) {
            files = try PDFFonts.prepare()
        } catch {
            complain("the fonts cannot be prepared: \(error.message)")
        }
        guard case .confine(let memory)? = receive()?.request, let report = confine(files, memory),
            send(.ready(report))
        else { return 70 }
        let session = WorkerSession(arena: arena, atOpening: atOpening)
        while let (request, content) = receive() {
            guard send(session.answer(request, content: content)) else { break }
        }
        return 0
    }

    private static func isSocket(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    private static func confine(_ files: [String], _ memory: Int) -> SandboxReport? {
        var report = sandbox_report()
        let limits = sandbox_limits(memory: UInt64(memory), descriptors: 16)
        let paths = files.map { strdup($0) }
        defer { paths.forEach { free($0) } }
        let status = paths.map { UnsafePointer($0) }.withUnsafeBufferPointer { paths in
            sandbox_enter(paths.baseAddress, paths.count, limits, &report)
        }
        guard status == 0 else {
            complain(
                errno == EMFILE
                    ? "it needs 512 open files at most: raise `ulimit -n`, in a unit LimitNOFILE="
                    : "its limits cannot be set: \(String(cString: strerror(errno)))")
            return nil
        }
        return SandboxReport(
            filtersSystemCalls: report.filters_system_calls != 0, hasNoFiles: report.has_no_files != 0,
            hasNoNetwork: report.has_no_network != 0)
    }

    /// The next request, with the descriptor that came with it; nil when the reader is gone or speaks another language.
    private static func receive() -> (request: WorkerRequest, content: SharedMemory?)? {
        var buffer = [UInt8](repeating: 0, count: WorkerRequest.maximumBytes)
        var descriptor: Int32 = -1
        let count = sandbox_receive(SANDBOX_CHANNEL, &buffer, buffer.count, &descriptor)
        let content = descriptor >= 0 ? SharedMemory(descriptor: descriptor) : nil
        guard count > 0, let request = WorkerRequest(buffer[..<count]) else { return nil }
        return (request, content)
    }

    private static func send(_ reply: WorkerReply) -> Bool {
        let bytes = reply.bytes
        return sandbox_send(SANDBOX_CHANNEL, bytes, bytes.count, -1) == 0
    }

    private static func complain(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(SANDBOX_COMPLAINTS, line, line.count)
    }
}
