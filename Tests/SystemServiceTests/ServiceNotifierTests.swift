import Glibc
import SystemService
import TestSupport
import Testing

struct ServiceNotifierTests {
    @Test(arguments: [false, true])
    func systemdHearsOfEveryStateOfTheService(abstract: Bool) throws {
        let systemd = try DatagramReceiver(abstract: abstract)
        let notifier = try ServiceNotifier(environment: ["NOTIFY_SOCKET": systemd.address])
        #expect(notifier.isConnected)
        #expect(notifier.ready(status: "2 inboxes"))
        #expect(try systemd.receiveLines() == ["READY=1", "STATUS=2 inboxes"])
        #expect(notifier.watchdog())
        #expect(try systemd.receiveLines() == ["WATCHDOG=1"])
        #expect(notifier.extendTimeout(.seconds(1.5)))
        #expect(try systemd.receiveLines() == ["EXTEND_TIMEOUT_USEC=1500000"])
        #expect(notifier.stopping())
        #expect(try systemd.receiveLines() == ["STOPPING=1"])
    }

    @Test func aReloadTellsTheMonotonicTime() throws {
        let systemd = try DatagramReceiver()
        let notifier = try ServiceNotifier(environment: ["NOTIFY_SOCKET": systemd.address])
        var before = timespec()
        clock_gettime(CLOCK_MONOTONIC, &before)
        #expect(notifier.reloading())
        let lines = try systemd.receiveLines()
        #expect(lines.first == "RELOADING=1")
        let time = try #require(lines.last?.split(separator: "=").last.flatMap { Int($0) })
        #expect(lines.last?.hasPrefix("MONOTONIC_USEC=") == true)
        #expect(time >= before.tv_sec * 1_000_000 + before.tv_nsec / 1000)
    }

    @Test func aStatusIsOneLine() throws {
        let systemd = try DatagramReceiver()
        let notifier = try ServiceNotifier(environment: ["NOTIFY_SOCKET": systemd.address])
        #expect(notifier.status("reading a\nREADY=1.pdf"))
        #expect(try systemd.receiveLines() == ["STATUS=reading a READY=1.pdf"])
    }

    @Test func withoutSystemdNothingIsSaid() throws {
        let notifier = try ServiceNotifier(environment: [:])
        #expect(!notifier.isConnected)
        #expect(!notifier.ready())
        #expect(notifier.watchdogInterval == nil)
    }

    @Test func aListenerThatHasGoneIsNoFailure() throws {
        let notifier: ServiceNotifier
        do {
            let systemd = try DatagramReceiver()
            notifier = try ServiceNotifier(environment: ["NOTIFY_SOCKET": systemd.address])
        }
        #expect(!notifier.ready())
    }

    @Test(arguments: ["relative", "/", "@", "vsock:2:1", "/" + String(repeating: "x", count: 200)])
    func anAddressThatIsNoneIsRefused(address: String) {
        let error = #expect(throws: SocketAddressError.self) {
            try ServiceNotifier(environment: ["NOTIFY_SOCKET": address])
        }
        #expect(error?.address == address)
    }

    @Test func theWatchdogIsHeededWhenItIsMeantForThisProcess() throws {
        func interval(_ environment: [String: String]) throws -> Duration? {
            try ServiceNotifier(environment: environment, processID: 42).watchdogInterval
        }
        #expect(try interval(["WATCHDOG_USEC": "60000000"]) == .seconds(60))
        #expect(try interval(["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "42"]) == .seconds(60))
        #expect(try interval(["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "43"]) == nil)
        #expect(try interval(["WATCHDOG_USEC": "soon"]) == nil)
        #expect(try interval(["WATCHDOG_USEC": "0"]) == nil)
    }
}
