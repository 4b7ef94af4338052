import Glibc

/// A path compared by its bytes, as the file system does.
///
/// Swift holds strings equal that are canonically equivalent: `é` as one scalar and as two are one `String`, but they
/// name two files.
struct ExactPath: Hashable, Comparable, Sendable {
    let string: String

    init(_ string: String) {
        self.string = string
    }

    static func == (left: ExactPath, right: ExactPath) -> Bool {
        order(left, right) == 0
    }

    static func < (left: ExactPath, right: ExactPath) -> Bool {
        order(left, right) < 0
    }

    func hash(into hasher: inout Hasher) {
        if string.utf8.withContiguousStorageIfAvailable({ hasher.combine(bytes: UnsafeRawBufferPointer($0)) }) == nil {
            for byte in string.utf8 { hasher.combine(byte) }
        }
    }

    /// Whether this is `folder` or lies below it; everything lies below the empty path.
    func isInside(_ folder: String) -> Bool {
        guard !folder.isEmpty else { return true }
        guard string.utf8.starts(with: folder.utf8) else { return false }
        let rest = string.utf8.dropFirst(folder.utf8.count)
        return rest.isEmpty || rest.first == UInt8(ascii: "/")
    }

    /// `name` in `folder`, where the empty path is the inbox itself.
    static func join(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : "\(folder)/\(name)"
    }

    private static func order(_ left: ExactPath, _ right: ExactPath) -> Int32 {
        let contiguous = left.string.utf8.withContiguousStorageIfAvailable { leftBytes in
            right.string.utf8.withContiguousStorageIfAvailable { rightBytes -> Int32 in
                let common = min(leftBytes.count, rightBytes.count)
                guard let leftBase = leftBytes.baseAddress, let rightBase = rightBytes.baseAddress, common > 0 else {
                    return Int32(leftBytes.count - rightBytes.count)
                }
                let difference = memcmp(leftBase, rightBase, common)
                return difference != 0 ? difference : Int32(truncatingIfNeeded: leftBytes.count - rightBytes.count)
            }
        }
        if let contiguous, let contiguous { return contiguous }
        if left.string.utf8.elementsEqual(right.string.utf8) { return 0 }
        return left.string.utf8.lexicographicallyPrecedes(right.string.utf8) ? -1 : 1
    }
}
