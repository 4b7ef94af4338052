/// One line of `/proc/self/mountinfo`, proc_pid_mountinfo(5).
public struct Mount: Hashable, Sendable {
    public var id: Int
    /// The folder of the file system that is mounted: `/`, or what a bind mount or subvolume shows.
    public var root: String
    public var mountPoint: String
    /// `ext4`, `tmpfs`, `nfs4`, `fuse.sshfs` …
    public var type: String
    /// A device, a share, or any word.
    public var source: String

    /// All mounts of a table, in its order; lines that are not of that form are left out.
    public static func parse(_ table: String) -> [Mount] {
        table.utf8.split(separator: UInt8(ascii: "\n")).compactMap { Mount(line: Array($0)) }
    }

    /// What `/` is on where the table does not tell.
    static let unlistedRoot = Mount(id: 0, root: "/", mountPoint: "/", type: "unlisted", source: "")

    private init(id: Int, root: String, mountPoint: String, type: String, source: String) {
        self.id = id
        self.root = root
        self.mountPoint = mountPoint
        self.type = type
        self.source = source
    }

    private init?(line: [UInt8]) {
        // Fields are parted by one space each; an empty source stands between two.
        let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        // Optional fields end with a dash.
        guard fields.count >= 10, let id = Int(String(decoding: fields[0], as: UTF8.self)),
            let dash = fields[6...].firstIndex(of: [UInt8(ascii: "-")]), dash + 2 < fields.count
        else { return nil }
        self.id = id
        root = Self.unescaped(fields[3])
        mountPoint = Self.unescaped(fields[4])
        type = Self.unescaped(fields[dash + 1])
        source = Self.unescaped(fields[dash + 2])
    }

    /// Spaces, tabs, newlines, `#` and backslashes are written as three octal digits behind a backslash.
    private static func unescaped(_ field: ArraySlice<UInt8>) -> String {
        var plain: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                plain.append(value)
                rest.removeFirst(3)
            } else {
                plain.append(byte)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
