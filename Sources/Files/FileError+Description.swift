import Glibc

extension FileError: CustomStringConvertible {
    /// `PATH: what failed: why; what to do.`, on one line.
    public var description: String {
        "\(path): \(attempt): \(reason); \(remedy).".onOneLine
    }

    private var attempt: String {
        switch operation {
        case .open: "cannot open it"
        case .read: "cannot read it"
        case .write: "cannot write it"
        case .sync: "cannot bring it safely to disk"
        case .rename: "cannot move a file to this name"
        case .link: "cannot link a file to this name"
        case .remove: "cannot remove it"
        case .makeFolder: "cannot make this folder"
        case .list: "cannot list it"
        case .status: "cannot look at it"
        case .lock: "cannot lock it"
        case .mount: "cannot tell its file system"
        case .watch: "cannot watch it"
        }
    }

    private var reason: String { strerror(code).map { String(cString: $0) } ?? "error \(code)" }

    private var remedy: String {
        switch cause {
        case .missing: "check the path"
        case .exists: "choose another name or move that file away"
        case .denied: "change the permissions or owner of it or of its folder"
        case .full: "free space on its file system or raise the quota"
        case .readOnly: "mount its file system writable"
        case .unavailable: "check the disk, the network and the mount"
        case .outOfResources where operation == .watch: "raise fs.inotify.max_user_watches"
        case .outOfResources: "raise the limits of the process or free memory"
        case .isDirectory: "a folder stands where a file is needed: move it away"
        case .notRegular: "put a regular file in its place: links, pipes and devices are not read"
        case .busy: "wait until nothing uses or changes it"
        case .tooLarge: "raise the limit or make the file smaller"
        case .nameTooLong: "shorten the name"
        case .other: "check the file and its file system"
        }
    }
}

extension String {
    /// `?` for control characters: names come from strangers and must neither break a line nor drive a terminal.
    var onOneLine: String {
        var text = ""
        for scalar in unicodeScalars {
            let isControl =
                scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || scalar.value == 0x2028 || scalar.value == 0x2029
            text.unicodeScalars.append(isControl ? "?" : scalar)
        }
        return text
    }
}
