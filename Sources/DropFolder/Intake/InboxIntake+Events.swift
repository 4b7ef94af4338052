import Files

extension InboxIntake {
    /// How often the path of the inbox is looked at: no event tells that something was mounted over it.
    private static let rootCheckSeconds = 5.0
    /// So many reads of events, then the rest of the work has its turn.
    private static let readsInARow = 64

    func readEvents(_ notices: inout [IntakeNotice]) {
        for _ in 0..<Self.readsInARow {
            guard let events = watcher?.readEvents(), !events.isEmpty else { return }
            for event in events where watcher != nil { handle(event, &notices) }
        }
    }

    private func handle(_ event: InboxEvent, _ notices: inout [IntakeNotice]) {
        switch event {
        case .touched(let path):
            tracker.touched(path, at: clock())
            look(at: path)
        case .vanished(let path):
            // It may be there again: then the event for that is still to come, but the look is right already.
            look(at: path)
        case .folderAppeared(let folder):
            scan(folder)
        case .folderVanished(let folder):
            tracker.vanished(folder: folder)
        case .overflowed:
            figures.overflows += 1
            if !notices.contains(.overflowed) { notices.append(.overflowed) }
            rescanRequested = true
        case .lost(let reason):
            notices.append(.lost(reason))
            forgetAll()
        }
    }

    /// Notices that another folder stands under the path, or none.
    func checkRoot() {
        let now = clock()
        guard now >= nextRootCheck else { return }
        nextRootCheck = now + Self.rootCheckSeconds
        if FolderNode(scanner.root) != root { rescanRequested = true }
    }

    /// Looks at one file and enters what is seen.
    func look(at path: String) {
        let asked = clock()
        switch scanner.look(at: path) {
        case .file(let identity):
            see(path, identity, asked: asked)
        case .nothing:
            tracker.vanished(path)
        case .unavailable:
            // The next scan tells of the error.
            tracker.postpone(path, until: clock() + max(1, options.quietSeconds))
        }
    }

    func see(_ path: String, _ identity: FileIdentity, asked: Double) {
        if isKnown(path, identity) {
            tracker.vanished(path)
        } else {
            tracker.observe(path, identity, asked: asked, answered: clock())
        }
    }

    /// The inbox is gone, or another one: nothing seen in it counts any more.
    func forgetAll() {
        watcher = nil
        root = nil
        tracker.removeAll()
        rescanRequested = true
    }
}
