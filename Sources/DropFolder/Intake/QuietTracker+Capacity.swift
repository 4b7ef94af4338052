extension QuietTracker {
    /// Room was made since files had to be passed over: a scan now finds them.
    public var hasRoomForMore: Bool { moreWait && files.count <= capacity / 2 }

    /// Enters a file, or passes over it where only older ones have room.
    mutating func admit(_ file: TrackedFile, at key: ExactPath) -> Bool {
        let age = FileAge(changed: file.identity.changed, path: key)
        if files[key] == nil, files.count >= capacity { keepOldest() }
        if let newestAdmitted, age > newestAdmitted {
            moreWait = true
            files[key] = nil
            return false
        }
        files[key] = file
        return true
    }

    /// Keeps three quarters, so that a long scan sorts seldom.
    private mutating func keepOldest() {
        let ages = files.map { FileAge(changed: $1.identity.changed, path: $0) }.sorted()
        let kept = capacity - capacity / 4
        newestAdmitted = ages[kept - 1]
        moreWait = true
        for age in ages[kept...] { files[age.path] = nil }
    }
}
