import Glibc

/// Serves a few connections at a time on the thread that calls it.
///
/// Connections, their time and the size of a request are bounded: whatever a client does, it holds little memory, few
/// descriptors and no thread.
struct MonitoringLoop {
    private static let mostConnections = 16

    let listener: LoopbackListener
    let stop: StopSignal
    let connectionTime: Duration
    let respond: (HTTPRequestHead) -> HTTPResponse
    private var connections: [MonitoringConnection] = []
    /// Before that no connection is taken: there were no descriptors left.
    private var pausedUntil: ContinuousClock.Instant?
    private var isStopping = false

    init(
        listener: LoopbackListener, stop: StopSignal, connectionTime: Duration,
        respond: @escaping (HTTPRequestHead) -> HTTPResponse
    ) {
        self.listener = listener
        self.stop = stop
        self.connectionTime = connectionTime
        self.respond = respond
    }

    /// Returns when `stop` was raised and the answers that were begun are sent.
    mutating func run() {
        while !isStopping || !connections.isEmpty {
            wait()
            let now = ContinuousClock.now
            for index in connections.indices.reversed() {
                let isOpen = connections[index].deadline > now && connections[index].proceed(respond)
                if !isOpen || isStopping && !connections[index].isWriting { connections.remove(at: index) }
            }
            if isAccepting(now) { accept(now) }
        }
    }

    private func isAccepting(_ now: ContinuousClock.Instant) -> Bool {
        !isStopping && connections.count < Self.mostConnections && pausedUntil.map { $0 <= now } ?? true
    }

    /// Until something can be done. A negative descriptor is passed over, poll(2).
    private mutating func wait() {
        let now = ContinuousClock.now
        var polls = connections.map { pollfd(fd: $0.descriptor.value, events: $0.events, revents: 0) }
        polls.append(pollfd(fd: isStopping ? -1 : stop.receiver.value, events: Int16(POLLIN), revents: 0))
        polls.append(pollfd(fd: isAccepting(now) ? listener.descriptor.value : -1, events: Int16(POLLIN), revents: 0))
        let next = (connections.map(\.deadline) + [pausedUntil].compactMap(\.self).filter { $0 > now }).min()
        let milliseconds = next.map { Int32(clamping: Int(max(.zero, $0 - now) / .milliseconds(1)) + 1) }
        poll(&polls, nfds_t(polls.count), milliseconds ?? -1)
        if polls[polls.count - 2].revents != 0 { isStopping = true }
    }

    private mutating func accept(_ now: ContinuousClock.Instant) {
        while connections.count < Self.mostConnections {
            guard let descriptor = listener.accept() else {
                // Anything else than a client that has gone again.
                if ![EAGAIN, ECONNABORTED, EINTR].contains(errno) { pausedUntil = now + .seconds(1) }
                return
            }
            connections.append(MonitoringConnection(descriptor, deadline: now + connectionTime))
        }
    }
}
