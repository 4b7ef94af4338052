import Foundation
import Glibc
import Synchronization
import Testing

/// Runs work on a thread of its own and stops it before each of its calls that concern files, so that a test can look at
/// the disk in between, disturb it, or make the call fail: seccomp_unotify(2).
///
/// What the disk shows before a call is what a crash at that point would leave.
enum SupervisedThread {
    /// System calls by their numbers on x86_64.
    enum Call: Int, CaseIterable {
        case read = 0
        case write = 1
        case fcntl = 72
        case fsync = 74
        case rename = 82
        case link = 86
        case unlink = 87
        case fchmod = 91
        case openat = 257
        case utimensat = 280
        case renameat2 = 316
        case copyFileRange = 326
    }

    /// What becomes of a call.
    enum Verdict {
        case go
        case fail(Int32)
    }

    static let isPossible: Bool = {
        #if arch(x86_64)
            var calls = 0
            run(watching: [.unlink]) { _ in
                calls += 1
                return .go
            } work: {
                unlink("")
            }
            return calls == 1
        #else
            return false
        #endif
    }()

    /// What `.enabled(if:)` says.
    static let reason: Comment = "needs seccomp's user notification, on x86_64"

    /// - Parameters:
    ///   - verdict: called on the caller's thread while the work waits before a call.
    ///   - work: runs on the other thread.
    @discardableResult
    static func run<Result: Sendable>(
        watching calls: Set<Call>, verdict: (Call) -> Verdict, work: @escaping @Sendable () -> Result
    ) -> Result? {
        let thread = SupervisedWork<Result>()
        Thread.detachNewThread { thread.run(calls, work) }
        return thread.supervise(verdict)
    }
}

/// The two sides of a supervised thread: seccomp(2).
private final class SupervisedWork<Result: Sendable>: Sendable {
    private let listener = Mutex<Int32>(-1)
    private let isListening = DispatchSemaphore(value: 0)
    private let result = Mutex<Result?>(nil)

    /// The thread that is supervised: the filter is its own and ends with it.
    func run(_ calls: Set<SupervisedThread.Call>, _ work: () -> Result) {
        let number = Self.listen(for: calls)
        listener.withLock { $0 = number }
        isListening.signal()
        guard number >= 0 else { return }
        let value = work()
        result.withLock { $0 = value }
    }

    /// - Returns: nil where the system does not allow supervision.
    func supervise(_ verdict: (SupervisedThread.Call) -> SupervisedThread.Verdict) -> Result? {
        isListening.wait()
        let number = listener.withLock { $0 }
        guard number >= 0 else { return nil }
        defer { close(number) }
        var events = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        while poll(&events, 1, -1) >= 0 || errno == EINTR {
            if events.revents & Int16(POLLIN) != 0 {
                Self.answer(number, verdict)
            } else if events.revents & Int16(POLLHUP) != 0 {
                // The thread has ended.
                break
            }
        }
        return result.withLock { $0 }
    }

    /// A filter that asks about `calls` and lets all others pass.
    private static func listen(for calls: Set<SupervisedThread.Call>) -> Int32 {
        // struct sock_filter: code (16 bits), where to jump (8 and 8), operand (32).
        func instruction(_ code: UInt64, jump: UInt64 = 0, _ operand: UInt64) -> UInt64 {
            code | jump << 16 | operand << 32
        }
        let load: UInt64 = 0x20
        let jumpIfEqual: UInt64 = 0x15
        let giveBack: UInt64 = 0x06
        let allow: UInt64 = 0x7fff_0000
        let ask: UInt64 = 0x7fc0_0000
        var program = [instruction(load, 0)]
        for (index, call) in calls.enumerated() {
            program.append(instruction(jumpIfEqual, jump: UInt64(calls.count - index), UInt64(call.rawValue)))
        }
        program += [instruction(giveBack, allow), instruction(giveBack, ask)]

        let noNewPrivileges: Int32 = 38
        let seccomp = 317
        let setFilter: UInt = 1
        let newListener: UInt = 8
        guard let prctl = CLibrary.prctl, let syscall = CLibrary.syscall, prctl(noNewPrivileges, 1, 0, 0, 0) == 0 else {
            return -1
        }
        let length = UInt16(program.count)
        return program.withUnsafeBytes { instructions in
            // struct sock_fprog: length and pointer.
            var filter = (length, instructions.baseAddress)
            return Int32(syscall(seccomp, setFilter, newListener, &filter))
        }
    }

    private static func answer(_ listener: Int32, _ verdict: (SupervisedThread.Call) -> SupervisedThread.Verdict) {
        let receive: UInt = 0xC050_2100
        let send: UInt = 0xC018_2101
        // struct seccomp_notif: id (64 bits), pid and flags, number of the call (32) and more.
        var question = [UInt64](repeating: 0, count: 10)
        guard let ioctl = CLibrary.ioctl, ioctl(listener, receive, &question) == 0,
            let call = SupervisedThread.Call(rawValue: Int(question[2] & 0xFFFF_FFFF))
        else { return }
        // struct seccomp_notif_resp: id, value, error (32) and flags (32): 1 lets the call go on.
        var answer = [question[0], 0, 0]
        switch verdict(call) {
        case .go: answer[2] = 1 << 32
        case .fail(let code): answer[2] = UInt64(UInt32(bitPattern: -code))
        }
        _ = ioctl(listener, send, &answer)
    }
}
