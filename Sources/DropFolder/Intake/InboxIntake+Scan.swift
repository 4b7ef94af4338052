import Files

extension InboxIntake {
    /// A scan takes at most this share of the time.
    private static let restPerScan = 10.0

    /// Scans the whole inbox and lays watches on every folder of it.
    func rescan(_ notices: inout [IntakeNotice]) {
        let began = clock()
        checkReplacement(&notices)
        prepareWatching(at: began)
        watcher?.beginScan()
        tracker.beginScan()
        let summary = scan("")
        if summary.failure == nil {
            watcher?.endScan()
            tracker.endScan()
        } else {
            forgetAll()
        }
        rescanRequested = false
        let ended = clock()
        figures.rescans += 1
        figures.lastScan = summary
        figures.lastScanSeconds = ended - began
        figures.isAvailable = summary.failure == nil
        figures.moreWait = tracker.moreWait
        figures.watchedFolders = watcher?.watchedFolders ?? 0
        planRescan(after: ended)
        notices += news(since: reported)
        reported = figures
    }

    /// Lists a folder and all below it; each is watched before it is read.
    @discardableResult
    func scan(_ folder: String) -> ScanSummary {
        var asked = clock()
        return scanner.scan(
            folder,
            willList: { watch($0) },
            found: { path, identity in
                see(path, identity, asked: asked)
                asked = clock()
            })
    }

    private func watch(_ folder: String) {
        do throws(InboxWatcher.Failure) {
            try watcher?.watch(folder)
        } catch {
            // What cannot be watched alone cannot be read either, or is gone.
            if case .exhausted(let cause) = error { giveUpWatching(cause) }
        }
    }

    /// A half-watched inbox would be told of some files only; the watches are worth more to others.
    /// The events that waited are lost, so a scan follows.
    private func giveUpWatching(_ cause: FileError) {
        watcher = nil
        figures.pollingReason = .noWatches(cause)
        let now = clock()
        nextWatchAttempt = now + options.rescanSeconds
        rescanRequested = true
    }

    private func checkReplacement(_ notices: inout [IntakeNotice]) {
        let present = FolderNode(scanner.root)
        if let root, let present, root != present {
            notices.append(.replaced)
            forgetAll()
        }
        root = present
    }

    private func prepareWatching(at now: Double) {
        if let reason = pollingReasonOfFileSystem() {
            watcher = nil
            figures.pollingReason = reason
            return
        }
        guard watcher == nil else { return }
        if case .noWatches = figures.pollingReason, now < nextWatchAttempt { return }
        do throws(FileError) {
            watcher = try InboxWatcher(
                root: scanner.root, isRecursive: options.isRecursive, watchLimit: options.watchLimit)
            figures.pollingReason = nil
        } catch {
            giveUpWatching(error)
        }
    }

    private func pollingReasonOfFileSystem() -> PollingReason? {
        switch options.polling {
        case .always: return .configured
        case .never: return nil
        case .auto:
            // An inbox that is not there is told by the scan.
            guard let mount = try? MountIdentity.of(folder: scanner.root), mount.isRemote else { return nil }
            return .remoteFileSystem(type: mount.type)
        }
    }

    private func planRescan(after ended: Double) {
        earliestRescan = ended + figures.lastScanSeconds
        let isBlind = figures.pollingReason != nil || !figures.isAvailable
        let interval = isBlind ? options.pollSeconds : options.rescanSeconds
        nextRescan = ended + max(interval, Self.restPerScan * figures.lastScanSeconds)
    }

    /// What the scan found that the one before did not.
    private func news(since before: IntakeCounters) -> [IntakeNotice] {
        let summary = figures.lastScan
        if let failure = summary.failure {
            return before.lastScan.failure == failure ? [] : [.unavailable(failure)]
        }
        var notices: [IntakeNotice] = []
        if before.lastScan.failure != nil { notices.append(.available) }
        if let reason = figures.pollingReason {
            if before.pollingReason != reason { notices.append(.polling(reason)) }
        } else if before.watchedFolders == 0 {
            notices.append(.watching(folders: figures.watchedFolders))
        }
        if figures.moreWait, !before.moreWait { notices.append(.crowded(capacity: options.capacity)) }
        if summary.notUTF8 != before.lastScan.notUTF8, summary.notUTF8.count > 0 {
            notices.append(.notUTF8(count: summary.notUTF8.count, example: summary.notUTF8.example))
        }
        if summary.tooDeep != before.lastScan.tooDeep, summary.tooDeep.count > 0 {
            notices.append(.tooDeep(count: summary.tooDeep.count, example: summary.tooDeep.example))
        }
        if let first = summary.firstUnreadable, first != before.lastScan.firstUnreadable {
            notices.append(.unreadable(count: summary.unreadable, first: first))
        }
        return notices
    }
}
