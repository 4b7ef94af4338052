import CSandbox
import Glibc

/// One started worker. Used by one thread at a time: whoever took it out of the pool.
final class WorkerProcess: @unchecked Sendable {
    let sandbox: SandboxReport
    /// The document that it has open.
    var document: Int?
    /// Its pages.
    var pageCount = 0
    var documentsOpened = 0
    /// Set when it has no memory left, or too much of it: it is not to be used for another document.
    var isExhausted = false
    /// Set once it is no longer to be asked anything.
    private(set) var isOver = false
    private var peakBytesAtEnd = 0

    /// Address space in use beyond what it started with, in bytes.
    var keptBytes: Int { max(0, Int(sandbox_mapped_bytes(process.process)) - mappedAtStart) }

    private let mappedAtStart: Int
    private let process: sandbox_process
    private let arena: SharedMemory

    /// What arenas keep between requests; beyond it memory goes back to the system.
    private static let keptArenaBytes = 32 << 20
    private static let secondsToStart = 20.0

    /// Starts a worker and waits until it is confined.
    init(_ configuration: PageReaderConfiguration) throws(WorkerFailure) {
        guard let arena = SharedMemory(name: "gleaner-pages"), arena.grow(to: WorkerReply.maximumContentBytes),
            arena.keepSize()
        else { throw .notStarted("no memory can be shared") }
        var process = sandbox_process()
        let error = sandbox_start(configuration.executable, PageWorker.argument, arena.descriptor, &process)
        guard error == 0 else {
            throw .notStarted("\(configuration.executable): \(String(cString: strerror(error)))")
        }
        self.process = process
        self.arena = arena
        let confine = WorkerRequest.confine(
            memory: max(0, min(configuration.memoryMegabytes, 1 << 24)) << 20)
        do throws(WorkerFailure) {
            let reply = try Self.exchange(process, confine, descriptor: -1, seconds: Self.secondsToStart)
            guard case .ready(let report) = reply else { throw .confused }
            guard report.filtersSystemCalls || !configuration.requiresSandbox else { throw .notConfined }
            sandbox = report
            mappedAtStart = Int(sandbox_mapped_bytes(process.process))
        } catch {
            let complaints = Self.end(process).complaints
            if error == .notConfined { throw error }
            let line = complaints.split(separator: "\n").last.map(String.init)
            throw .notStarted(line ?? "the worker did not start (\(error))")
        }
    }

    deinit { end() }

    /// Ends it at once and waits until it is gone.
    func end() {
        guard !isOver else { return }
        isOver = true
        peakBytesAtEnd = Self.end(process).peakBytes
    }

    /// Most resident memory that it has had, in bytes.
    var peakBytes: Int { isOver ? peakBytesAtEnd : Int(sandbox_peak_bytes(process.process)) }

    /// Sends a request and waits for its reply.
    ///
    /// - Parameters:
    ///   - content: the document, with a request to open one.
    ///   - seconds: wall-clock and processor time.
    /// - Throws: `WorkerFailure`; the worker is over then.
    func ask(_ request: WorkerRequest, content: SharedMemory? = nil, seconds: Int) throws(WorkerFailure) -> WorkerReply
    {
        guard !isOver else { throw .gone }
        // Processor time is limited too: a worker outlives a reader that is killed, but not for long.
        _ = sandbox_grant_seconds(process.process, UInt32(clamping: seconds))
        do throws(WorkerFailure) {
            return try Self.exchange(process, request, descriptor: content?.descriptor ?? -1, seconds: Double(seconds))
        } catch {
            isOver = true
            let end = Self.end(process)
            peakBytesAtEnd = end.peakBytes
            // It had died by itself if it did not wait for the end.
            if error == .confused && end.diedByItself {
                throw WorkerFailure(status: end.status, complaints: end.complaints)
            }
            throw error
        }
    }

    /// Makes room for so many bytes of a reply.
    func reserve(_ byteCount: Int) -> Bool { arena.grow(to: byteCount) }

    /// The first bytes of what a reply left in the arena. A copy: the worker could change them while they are looked at.
    func copyArena(_ byteCount: Int) -> [UInt8]? {
        let bytes = arena.copy(byteCount)
        if byteCount > Self.keptArenaBytes { arena.discard() }
        return bytes
    }

    /// What it wrote to standard error since the last time, without what is known: some of the libraries' warnings go
    /// nowhere else.
    func takeComplaints(notIn known: [String]) -> [String] {
        var complaints: [String] = []
        for line in Self.complaints(process.complaints).split(whereSeparator: \.isNewline).prefix(64) {
            let complaint = String(line)
            if !known.contains(complaint), !complaints.contains(complaint) { complaints.append(complaint) }
        }
        return complaints
    }

    private static func exchange(
        _ process: sandbox_process, _ request: WorkerRequest, descriptor: Int32, seconds: Double
    ) throws(WorkerFailure) -> WorkerReply {
        // A reply that is there before the request could pass for the reply to it.
        switch sandbox_peek(process.channel) {
        case SANDBOX_QUIET: break
        case SANDBOX_SPEAKING: throw .confused
        default: throw .gone
        }
        let bytes = request.bytes
        guard sandbox_send(process.channel, bytes, bytes.count, descriptor) == 0 else {
            throw errno == EAGAIN ? .confused : .gone
        }
        guard sandbox_wait(process.channel, seconds) == 1 else { throw .timedOut }
        var buffer = [UInt8](repeating: 0, count: WorkerReply.maximumBytes)
        let count = sandbox_receive(process.channel, &buffer, buffer.count, nil)
        guard count > 0, let reply = WorkerReply(buffer[..<count]) else { throw .confused }
        return reply
    }

    private struct End {
        var status: Int32 = 0
        var diedByItself = false
        var complaints = ""
        var peakBytes = 0
    }

    private static func end(_ process: sandbox_process) -> End {
        var end = End()
        var usage = rusage()
        end.peakBytes = Int(sandbox_peak_bytes(process.process))
        // The channel of a process that died is closed before the process can be waited for: give it that moment.
        var waited: pid_t = 0
        if sandbox_wait(process.channel, 0) == 1 {
            for _ in 0..<200 {
                waited = wait4(process.process, &end.status, WNOHANG, &usage)
                if waited != 0 { break }
                usleep(1000)
            }
        }
        end.diedByItself = waited == process.process
        if waited == 0 {
            kill(process.process, SIGKILL)
            repeat { waited = wait4(process.process, &end.status, 0, &usage) } while waited < 0 && errno == EINTR
        }
        // Of a process that is dead already only this is known; it counts what its parent had when it was started.
        if end.peakBytes == 0 { end.peakBytes = usage.ru_maxrss << 10 }
        end.complaints = complaints(process.complaints)
        close(process.channel)
        close(process.complaints)
        return end
    }

    /// The end of what it wrote; the pipe holds 64 KiB at most.
    private static func complaints(_ descriptor: Int32) -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        // As often as the pipe holds so much: it may be filled meanwhile.
        for _ in 0..<17 {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            text = (text + buffer[..<count]).suffix(4096)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
